import { tokens } from '../rouge/rouge.js';

/**
 * How much a summary is copied: `coverage`, the share of its words that stand in pieces taken from the
 * document, and `density`, the mean length of the piece a word belongs to (Grusky et al. 2018). Words
 * as ROUGE counts them.
 */
export function extractive(
  summary: string,
  document: string,
): { coverage: number; density: number } {
  const [words, source] = [tokens(summary), tokens(document)];
  if (words.length === 0) return { coverage: 0, density: 0 };
  const places = new Map<string, number[]>();
  for (const [i, word] of source.entries()) {
    const known = places.get(word);
    if (known) known.push(i);
    else places.set(word, [i]);
  }
  let copied = 0;
  let squares = 0;
  for (let i = 0; i < words.length; ) {
    let longest = 0;
    for (const place of places.get(words[i] as string) ?? []) {
      let length = 1;
      while (i + length < words.length && words[i + length] === source[place + length]) length++;
      longest = Math.max(longest, length);
    }
    copied += longest;
    squares += longest * longest;
    i += Math.max(1, longest);
  }
  return { coverage: copied / words.length, density: squares / words.length };
}

/** Share of the summary's word pairs that the document does not have (Narayan et al. 2018), 0..1. */
export function novelty(summary: string, document: string): number {
  const known = new Set(pairs(document));
  const written = pairs(summary);
  if (written.length === 0) return 0;
  return written.filter((pair) => !known.has(pair)).length / written.length;
}

/** Whether three words in a row are written twice. */
export function repeats(summary: string): boolean {
  const words = tokens(summary);
  const seen = new Set<string>();
  for (let i = 0; i + 3 <= words.length; i++) {
    const three = words.slice(i, i + 3).join(' ');
    if (seen.has(three)) return true;
    seen.add(three);
  }
  return false;
}

function pairs(text: string): string[] {
  const words = tokens(text);
  return words.slice(1).map((word, i) => `${words[i]} ${word}`);
}
