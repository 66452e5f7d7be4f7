import type { Positions } from './provenance.js';
import { sentences } from './sentences.js';
import type { Prose } from './types.js';
import { contentStems } from './words.js';

/** The first ids of a sentence of the document: a search that begins with them writes about that sentence. */
export interface Opening {
  /** Source position of the first. */
  at: number;
  ids: number[];
}

/** So many ids name the sentence; what follows is the decoder's. */
const LENGTH = 3;
/** The document's commonest words stand for what it is about (Luhn 1958, "The automatic creation of literature abstracts"). */
const CENTRAL_WORDS = 12;
/** Shorter sentences say too little, longer ones are lists. */
const WORDS = { least: 6, most: 45 };
/** A sentence that begins so needs the one before it. */
const DANGLING =
  /^(?:this|that|these|those|it|its|they|their|he|she|however|but|and|so|then|also|for example)\b/i;

interface Place {
  opening: Opening;
  score: number;
}

/**
 * Openings of the `count` sentences that hold most of what the document is about, the best first: a
 * decoder of two layers chooses the wrong sentence more often than a count of words does.
 *
 * @param ids S ids of the source, `positions` of the same.
 */
export function openings(
  prose: Prose,
  positions: Positions,
  ids: readonly number[],
  count: number,
): Opening[] {
  if (count === 0) return [];
  const weights = centralWords(prose);
  const found: Place[] = [];
  for (const [line, text] of prose.lines.entries()) {
    const first = positions.line.indexOf(line);
    if (first < 0) continue;
    for (const { start, end } of sentences(text)) {
      const sentence = text.slice(start, end);
      const words = sentence.split(/\s+/).length;
      if (words < WORDS.least || words > WORDS.most) continue;
      if (!/[.!]["')\]]*$/.test(sentence) || DANGLING.test(sentence)) continue;
      const at = beginOf(positions, first, line, start);
      if (at < 0) continue;
      const score = [...new Set(contentStems(sentence))]
        .map((word) => weights.get(word) ?? 0)
        .reduce((sum, weight) => sum + weight, 0);
      found.push({ opening: { at, ids: ids.slice(at, at + LENGTH) }, score });
    }
  }
  found.sort((a, b) => b.score - a.score || a.opening.at - b.opening.at);
  return found.slice(0, count).map(({ opening }) => opening);
}

/** The commonest content words, those of the title first, with their weights. */
function centralWords({ title = '', lines }: Prose): Map<string, number> {
  const counts = new Map<string, number>();
  for (const word of contentStems(lines.join('\n'))) counts.set(word, (counts.get(word) ?? 0) + 1);
  const common = [...counts].sort((a, b) => b[1] - a[1]).slice(0, CENTRAL_WORDS);
  const weights = new Map(common.map(([word]) => [word, 1]));
  for (const word of contentStems(title)) weights.set(word, (weights.get(word) ?? 0) + 1);
  return weights;
}

/** The first source position of a sentence, -1 when it was not read. */
function beginOf({ line, at }: Positions, from: number, which: number, start: number): number {
  for (let s = from; line[s] === which; s++) if ((at[s] as number) >= start) return s;
  return -1;
}
