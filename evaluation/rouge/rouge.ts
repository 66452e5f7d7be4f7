import { stem } from './porter.js';

/** F1 of ROUGE-1, ROUGE-2 and ROUGE-L, 0..1. */
export interface Rouge {
  rouge1: number;
  rouge2: number;
  rougeL: number;
}

export const rougeKinds = ['rouge1', 'rouge2', 'rougeL'] as const;

const stems = new Map<string, string>();

/** Words as `rouge_score.tokenize` counts them with its stemmer: a-z and 0-9, words of four and more stemmed. */
export function tokens(text: string): string[] {
  return (text.toLowerCase().match(/[a-z0-9]+/g) ?? []).map((word) => {
    if (word.length <= 3) return word;
    const found = stems.get(word) ?? stem(word);
    stems.set(word, found);
    return found;
  });
}

/**
 * ROUGE (Lin 2004) of a candidate against one reference: equal to Google's `rouge-score` with its
 * stemmer, which a test proves on its figures for 1,200 pairs.
 */
export function rouge(reference: string, candidate: string): Rouge {
  const [a, b] = [tokens(reference), tokens(candidate)];
  return {
    rouge1: ngramF1(a, b, 1),
    rouge2: ngramF1(a, b, 2),
    rougeL: f1(longestCommon(a, b), a.length, b.length),
  };
}

function ngramF1(a: readonly string[], b: readonly string[], n: number): number {
  const [left, right] = [counts(a, n), counts(b, n)];
  let common = 0;
  for (const [gram, times] of left) common += Math.min(times, right.get(gram) ?? 0);
  return f1(common, Math.max(0, a.length - n + 1), Math.max(0, b.length - n + 1));
}

/** How often each n-gram stands in a list of words. */
export function counts(words: readonly string[], n: number): Map<string, number> {
  const found = new Map<string, number>();
  for (let i = 0; i + n <= words.length; i++) {
    const gram = words.slice(i, i + n).join(' ');
    found.set(gram, (found.get(gram) ?? 0) + 1);
  }
  return found;
}

function f1(common: number, a: number, b: number): number {
  return common === 0 ? 0 : (2 * common) / (a + b);
}

function longestCommon(a: readonly string[], b: readonly string[]): number {
  let row = new Uint32Array(b.length + 1);
  for (const word of a) {
    const next = new Uint32Array(row.length);
    for (let j = 1; j < row.length; j++) {
      next[j] = b[j - 1] === word ? at(row, j - 1) + 1 : Math.max(at(row, j), at(next, j - 1));
    }
    row = next;
  }
  return at(row, b.length);
}

const at = (list: Uint32Array, i: number) => list[i] as number;
