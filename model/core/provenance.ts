import type { Hypothesis } from './beam.js';
import { sentences } from './sentences.js';
import type { SourceTokens } from './tokens.js';
import type { Tokenizer } from './types.js';

/** For each of S source positions the character it ends at. */
export interface Positions {
  /** Line of the prose, -1 for special ids and the title. */
  line: Int32Array;
  /** UTF-16 index in that line of the position's last character. */
  at: Int32Array;
}

/** Positions of several windows, one after the other. */
export function joinPositions(windows: readonly Positions[]): Positions {
  const join = (part: 'line' | 'at') => Int32Array.from(windows.flatMap((w) => [...w[part]]));
  return { line: join('line'), at: join('at') };
}

/** A sentence of the document and its share of the suggestion's copy attention, 0..1. */
export interface SourceSentence {
  line: number;
  start: number;
  end: number;
  share: number;
}

/** Sentences below this share of the attention are noise of the softmax. */
const LEAST_SHARE = 0.2;
const MOST_SOURCES = 3;
/** Weight of attention where the mixture did not copy: enough to decide where nothing was copied. */
const UNCOPIED = 0.01;

/** Where every source position stands in its line. */
export function sourcePositions(
  source: Pick<SourceTokens, 'ids' | 'lines'>,
  tokenizer: Tokenizer,
): Positions {
  const line = new Int32Array(source.ids.length).fill(-1);
  const at = new Int32Array(source.ids.length);
  for (const range of source.lines) {
    const pieces = tokenizer.pieces(range.text).slice(0, range.count);
    let cursor = 0;
    for (const [i, piece] of pieces.entries()) {
      for (const character of piece.replaceAll('\u2581', '')) {
        while (/\s/.test(range.text[cursor] ?? '')) cursor++;
        cursor += character.length;
      }
      line[range.first + i] = range.line;
      at[range.first + i] = range.start + Math.min(cursor, range.text.length) - 1;
    }
  }
  return { line, at };
}

/**
 * S weights: how much of the hypothesis was copied from each source position. Copy attention is
 * weighted with the gate (See et al. 2017), because only then did it put a word into the text.
 */
export function copiedMass(hypothesis: Hypothesis): Float32Array {
  const mass = new Float32Array(hypothesis.copy[0]?.length ?? 0);
  for (const [t, row] of hypothesis.copy.entries()) {
    const weight = (hypothesis.gate[t] as number) + UNCOPIED;
    for (let s = 0; s < mass.length; s++)
      mass[s] = (mass[s] as number) + weight * (row[s] as number);
  }
  return mass;
}

/**
 * The sentences a suggestion rests on, in document order: at most three, the weightiest always,
 * others when they hold a fifth of the attention on sentences.
 *
 * @param lines the prose the positions point into.
 */
export function sourceSentences(
  mass: Float32Array,
  positions: Positions,
  lines: readonly string[],
): SourceSentence[] {
  const found = new Map<number, SourceSentence[]>();
  let total = 0;
  for (const [s, weight] of mass.entries()) {
    const line = positions.line[s] as number;
    if (line < 0) continue;
    let inLine = found.get(line);
    if (!inLine) {
      inLine = sentences(lines[line] as string).map((range) => ({ line, ...range, share: 0 }));
      found.set(line, inLine);
    }
    const at = positions.at[s] as number;
    const sentence = inLine.find(({ end }) => at < end);
    if (!sentence) continue;
    sentence.share += weight;
    total += weight;
  }
  if (total === 0) return [];
  return [...found.values()]
    .flat()
    .map((sentence) => ({ ...sentence, share: sentence.share / total }))
    .sort((a, b) => b.share - a.share)
    .filter(({ share }, rank) => rank === 0 || (rank < MOST_SOURCES && share >= LEAST_SHARE))
    .sort((a, b) => a.line - b.line || a.start - b.start);
}
