import type { Positions } from './provenance.js';
import { sentences } from './sentences.js';

/** Which sentences a text rests on when its model has no copy attention: one position a sentence. */
export interface Overlap {
  positions: Positions;
  /** Weight of each sentence, as copy attention would give it. */
  mass: Float32Array;
}

/**
 * The sentences that share a text's words. A word counts for less the more sentences have it
 * (inverse sentence frequency), so that "the" and the document's subject decide nothing.
 */
export function overlap(text: string, lines: readonly string[]): Overlap {
  const found = lines.flatMap((line, n) =>
    sentences(line).map(({ start, end }) => ({
      line: n,
      at: end - 1,
      words: new Set(words(line.slice(start, end))),
    })),
  );
  const frequency = new Map<string, number>();
  for (const sentence of found) {
    for (const word of sentence.words) frequency.set(word, (frequency.get(word) ?? 0) + 1);
  }
  const wanted = [...new Set(words(text))];
  const weight = (word: string) => 1 / (frequency.get(word) ?? 1);
  return {
    positions: {
      line: Int32Array.from(found, (sentence) => sentence.line),
      at: Int32Array.from(found, (sentence) => sentence.at),
    },
    mass: Float32Array.from(found, (sentence) =>
      wanted.reduce((sum, word) => sum + (sentence.words.has(word) ? weight(word) : 0), 0),
    ),
  };
}

function words(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}
