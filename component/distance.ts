/** Words in a shingle; three keep the order of words without making one edit count often. */
const WORDS = 3;

/**
 * Share of a text that is not in the other: 1 − resemblance of their word shingles (Broder, "On the
 * resemblance and containment of documents", 1997). 0 for the same words in the same order, 1 for
 * nothing in common.
 */
export function distance(a: string, b: string): number {
  if (a === b) return 0;
  const [one, other] = [shingles(a), shingles(b)];
  if (one.size === 0 && other.size === 0) return 0;
  let common = 0;
  for (const shingle of one) if (other.has(shingle)) common++;
  return 1 - common / (one.size + other.size - common);
}

function shingles(text: string): Set<string> {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const count = Math.max(Math.min(words.length, 1), words.length - WORDS + 1);
  return new Set(Array.from({ length: count }, (_, at) => words.slice(at, at + WORDS).join(' ')));
}
