import { LRUCache } from 'lru-cache';
import type { Outcome } from './suggester.js';

/** Bytes that an entry takes beside its texts: keys, numbers, the map's own. */
const OVERHEAD = 512;

/** What the model answered lately, by document, options and model. Bounded by size. */
export class SuggestionCache {
  readonly #entries: LRUCache<string, Outcome> | undefined;

  /** @param bytes 0 caches nothing. */
  constructor(bytes: number) {
    if (bytes === 0) return;
    this.#entries = new LRUCache({
      maxSize: bytes,
      // Two bytes a UTF-16 unit.
      sizeCalculation: (outcome) => OVERHEAD + 2 * JSON.stringify(outcome).length,
    });
  }

  get(key: string): Outcome | undefined {
    return this.#entries?.get(key);
  }

  set(key: string, outcome: Outcome): void {
    this.#entries?.set(key, outcome);
  }

  /** Forgets one document. */
  delete(hash: string): void {
    for (const key of this.#entries?.keys() ?? []) {
      if (key.startsWith(JSON.stringify([hash]).slice(0, -1))) this.#entries?.delete(key);
    }
  }

  /** Another model answers from now on. */
  clear(): void {
    this.#entries?.clear();
  }

  get size() {
    return { entries: this.#entries?.size ?? 0, bytes: this.#entries?.calculatedSize ?? 0 };
  }
}
