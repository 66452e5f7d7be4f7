import { extractiveness, novelty } from '../quality/fragments.js';
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
  const { coverage, density } = extractiveness(source, target);
  return {
    words: target.length,
    coverage: round(coverage),
    density: round(density),
    novelty: round(novelty(source, target)),
  };
}

const round = (value: number) => Math.round(value * 1000) / 1000;
