import { words } from '../words.js';

/** How a summary relates to its text. */
export interface Shape {
  /** Words of the summary. */
  words: number;
  /** Share of its words that lie in fragments copied from the text (Grusky et al. 2018, Newsroom). */
  coverage: number;
  /** Mean length of the fragment that a word lies in: `Σ|f|² / |S|` (ibid.). */
  density: number;
  /** Share of its word pairs that the text does not have (Narayan et al. 2018). */
  novelty: number;
}

/** Measures a summary against its text; words are compared lower-cased. */
export function shapeOf(text: string, summary: string): Shape {
  const source = words(text);
  const target = words(summary);
  const lengths = fragments(source, target);
  const size = Math.max(1, target.length);
  const square = lengths.reduce((sum, length) => sum + length * length, 0);
  return {
    words: target.length,
    coverage: round(lengths.reduce((sum, length) => sum + length, 0) / size),
    density: round(square / size),
    novelty: round(novelPairs(source, target)),
  };
}

/** Lengths of the longest shared runs, found greedily from the left as in the paper. */
function fragments(source: string[], target: string[]): number[] {
  const places = new Map<string, number[]>();
  source.forEach((word, at) => {
    const list = places.get(word);
    if (list) list.push(at);
    else places.set(word, [at]);
  });
  const found: number[] = [];
  for (let i = 0; i < target.length; ) {
    let best = 0;
    for (const at of places.get(target[i] as string) ?? []) {
      let run = 1;
      while (i + run < target.length && source[at + run] === target[i + run]) run++;
      best = Math.max(best, run);
    }
    if (best > 0) found.push(best);
    i += Math.max(1, best);
  }
  return found;
}

function novelPairs(source: string[], target: string[]): number {
  const pairs = (list: string[]) => list.slice(1).map((word, i) => `${list[i]} ${word}`);
  const known = new Set(pairs(source));
  const asked = pairs(target);
  if (asked.length === 0) return 0;
  return asked.filter((pair) => !known.has(pair)).length / asked.length;
}

const round = (value: number) => Math.round(value * 1000) / 1000;
