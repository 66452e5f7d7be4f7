import { createHash } from 'node:crypto';
import { hash32, words } from '../words.js';

const SHINGLE = 8;
const SAMPLE = 4;
/** Shared part of the smaller document's sampled 8-word shingles above which two count as copies. */
export const NEAR_COPY = 0.5;
const FEWEST = 6;

export interface Fingerprint {
  exact: string;
  sketch: number[];
}

/** What identifies a body whatever its case, spacing and punctuation. */
export function fingerprint(text: string): Fingerprint {
  const list = words(text);
  const exact = createHash('sha1').update(list.join(' ')).digest('base64url');
  const sketch = new Set<number>();
  for (let i = 0; i + SHINGLE <= list.length; i++) {
    const hash = hash32(list.slice(i, i + SHINGLE).join(' '));
    if (hash % SAMPLE === 0) sketch.add(hash);
  }
  return { exact, sketch: [...sketch] };
}

/** Finds near copies of a fixed set of documents. */
export class NearCopies {
  private readonly exact = new Map<string, string>();
  private readonly holders = new Map<number, number[]>();
  private readonly known: { id: string; size: number }[] = [];

  add(id: string, { exact, sketch }: Fingerprint): void {
    this.exact.set(exact, id);
    const index = this.known.push({ id, size: sketch.length }) - 1;
    for (const hash of sketch) {
      const holders = this.holders.get(hash);
      if (holders) holders.push(index);
      else this.holders.set(hash, [index]);
    }
  }

  /** The document of the set that this one copies, with the share of shingles in common. */
  find({ exact, sketch }: Fingerprint): { id: string; share: number } | undefined {
    const same = this.exact.get(exact);
    if (same) return { id: same, share: 1 };
    if (sketch.length < FEWEST) return undefined;
    const shared = new Map<number, number>();
    for (const hash of sketch) {
      for (const index of this.holders.get(hash) ?? [])
        shared.set(index, (shared.get(index) ?? 0) + 1);
    }
    let best: { id: string; share: number } | undefined;
    for (const [index, count] of shared) {
      const other = this.known[index] as { id: string; size: number };
      if (other.size < FEWEST) continue;
      const share = count / Math.min(other.size, sketch.length);
      if (share >= NEAR_COPY && share > (best?.share ?? 0)) best = { id: other.id, share };
    }
    return best;
  }
}
