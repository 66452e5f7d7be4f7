import { hash32 } from '../words.js';
import { Groups } from './groups.js';
import { BANDS, HASHES, ROWS } from './minhash.js';

/**
 * Share of equal hashes from which two documents are copies of each other.
 * Source: FineWeb (Penedo et al. 2024) targets a similarity of 0.75; by eye, pages that differ in a
 * product name or a version lie above it, pages of one template about two things below.
 */
export const SIMILAR = 0.75;

/**
 * Groups documents whose bodies are equal or nearly so. Add every document with its exact hash and
 * signature (`minhash.ts`), in any order, then ask for `groups()`: the same groups come out whatever
 * the order. Holds 16 bits a hash: 224 bytes a document.
 */
export class NearGroups {
  private hashes = new Uint16Array(1024 * HASHES);
  private bands = new Uint32Array(1024 * BANDS);
  private readonly same = new Map<string, number>();
  private readonly twins: [number, number][] = [];
  private readonly signed: number[] = [];
  private count = 0;

  /** Returns the document's number. */
  add(exact: string, signature: Uint32Array): number {
    const index = this.count++;
    const first = this.same.get(exact);
    if (first === undefined) this.same.set(exact, index);
    else this.twins.push([first, index]);
    if (first !== undefined || signature.length === 0) return index;
    const slot = this.signed.push(index) - 1;
    this.room(slot + 1);
    for (let i = 0; i < HASHES; i++) this.hashes[slot * HASHES + i] = signature[i] as number;
    for (let band = 0; band < BANDS; band++) {
      const part = signature.subarray(band * ROWS, (band + 1) * ROWS).join(' ');
      this.bands[slot * BANDS + band] = hash32(part);
    }
    return index;
  }

  groups(): Groups {
    const groups = new Groups(this.count);
    groups.grow(this.count);
    for (const [one, other] of this.twins) groups.join(one, other);
    const slots = Uint32Array.from(this.signed.keys());
    for (let band = 0; band < BANDS; band++) {
      const key = (slot: number) => this.bands[slot * BANDS + band] as number;
      slots.sort((a, b) => key(a) - key(b));
      for (let start = 0; start < slots.length; ) {
        let end = start + 1;
        while (end < slots.length && key(slots[end] as number) === key(slots[start] as number))
          end++;
        this.joinBucket(slots.subarray(start, end), groups);
        start = end;
      }
    }
    return groups;
  }

  /** Joins all similar pairs of a bucket; those that are together already need no look. */
  private joinBucket(bucket: Uint32Array, groups: Groups): void {
    for (let i = 1; i < bucket.length; i++) {
      for (let k = 0; k < i; k++) {
        const one = bucket[i] as number;
        const other = bucket[k] as number;
        const a = this.signed[one] as number;
        const b = this.signed[other] as number;
        if (groups.find(a) !== groups.find(b) && this.similarity(one, other) >= SIMILAR)
          groups.join(a, b);
      }
    }
  }

  private similarity(one: number, other: number): number {
    let equal = 0;
    for (let i = 0; i < HASHES; i++)
      if (this.hashes[one * HASHES + i] === this.hashes[other * HASHES + i]) equal++;
    return equal / HASHES;
  }

  private room(slots: number): void {
    if (slots * HASHES <= this.hashes.length) return;
    const hashes = new Uint16Array(this.hashes.length * 2);
    hashes.set(this.hashes);
    this.hashes = hashes;
    const bands = new Uint32Array(this.bands.length * 2);
    bands.set(this.bands);
    this.bands = bands;
  }
}
