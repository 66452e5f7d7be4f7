import { hash32, stem, words } from '../words.js';

/** Places of the hashed features. */
export const BUCKETS = 4096;

/** Names of a summary's n-grams: its first one, two and three words, and every word's stem. */
export function grams(summary: string): string[] {
  const list = words(summary);
  const opening = [1, 2, 3].map((length) => `^${list.slice(0, length).join(' ')}`);
  const stems = list.map(stem);
  const inner = stems.slice(1).map((word, at) => `${stems[at]} ${word}`);
  return [...new Set([...opening, ...stems, ...inner])];
}

/** The bucket of an n-gram. */
export function bucket(gram: string): number {
  return hash32(gram) % BUCKETS;
}
