import type { Positions } from './provenance.js';
import { sentences } from './sentences.js';
import type { Prose } from './types.js';
import { centralStems, contentStems } from './words.js';

/** A sentence of the document as a search is to write it. */
export interface Given {
  /** Source position of its first id. */
  at: number;
  ids: number[];
}

/** Shorter sentences say too little, longer ones are lists; docs/results/judged-dev-3.jsonl. */
const WORDS = { least: 6, most: 32 };
/** A sentence that begins so needs the one before it, or has a label in front. */
const DANGLING =
  /^(?:[\p{L};\- ]{1,24}:|(?:this|that|these|those|it|its|they|their|he|she|however|but|and|so|then|also|for example|as you)\b)/iu;

/**
 * Sentences of the document that are candidates as they stand: the first fit one, and those that hold
 * most of what the document is about. A decoder of two layers breaks a sentence more often than the
 * document's author; what it thinks of theirs is found by having it write them.
 *
 * @param ids S ids of the source, `positions` of the same.
 */
export function keptSentences(
  prose: Prose,
  positions: Positions,
  ids: readonly number[],
  count: number,
): Given[] {
  if (count === 0) return [];
  const weights = centralWords(prose);
  const found: (Given & { score: number })[] = [];
  for (const [line, text] of prose.lines.entries()) {
    const first = positions.line.indexOf(line);
    if (first < 0) continue;
    for (const { start, end } of sentences(text)) {
      const sentence = text.slice(start, end);
      const words = sentence.split(/\s+/).length;
      if (words < WORDS.least || words > WORDS.most) continue;
      if (!/[\p{L}\p{N})][.!]$/u.test(sentence) || DANGLING.test(sentence)) continue;
      const range = rangeOf(positions, first, line, start, end);
      if (!range) continue;
      const score = [...new Set(contentStems(sentence))]
        .map((word) => weights.get(word) ?? 0)
        .reduce((sum, weight) => sum + weight, 0);
      found.push({ at: range.from, ids: ids.slice(range.from, range.to), score });
    }
  }
  const [lead, ...rest] = found;
  if (!lead) return [];
  rest.sort((a, b) => b.score - a.score || a.at - b.at);
  return [lead, ...rest].slice(0, count).map(({ at, ids }) => ({ at, ids }));
}

/** The commonest content words and, heavier, those of the title. */
function centralWords({ title = '', lines }: Prose): Map<string, number> {
  const weights = new Map(centralStems(lines).map((word) => [word, 1]));
  for (const word of contentStems(title)) weights.set(word, (weights.get(word) ?? 0) + 1);
  return weights;
}

/** Source positions of a sentence; undefined when it was not read to its end. */
function rangeOf(
  { line, at }: Positions,
  first: number,
  which: number,
  start: number,
  end: number,
) {
  let from = first;
  while (line[from] === which && (at[from] as number) < start) from++;
  let to = from;
  while (line[to] === which && (at[to] as number) < end) to++;
  return to > from && at[to - 1] === end - 1 ? { from, to } : undefined;
}
