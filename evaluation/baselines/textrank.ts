import { tokens } from '../rouge/rouge.js';
import { finishedSentences, lead } from './lead.js';

/** The damping of PageRank and of the paper. */
const DAMPING = 0.85;
/** The paper stops when no score moves by more. */
const SETTLED = 1e-4;
/** The comparison is quadratic; what the first 300 sentences do not say is not the document's subject. */
const SENTENCES = 300;

/**
 * TextRank (Mihalcea & Tarau 2004, section 4): sentences that share many words with others that do so
 * too, by PageRank over the shared words divided by the logarithms of both lengths; the best `count`
 * in the document's order.
 */
export function textRank(lines: readonly string[], count: number): string {
  const all: string[] = [];
  for (const sentence of finishedSentences(lines)) if (all.push(sentence) === SENTENCES) break;
  if (all.length <= count) return lead(lines, count);
  const scores = pageRank(similarities(all.map((sentence) => new Set(tokens(sentence)))));
  const best = all.map((_, i) => i).sort((a, b) => at(scores, b) - at(scores, a) || a - b);
  return best
    .slice(0, count)
    .sort((a, b) => a - b)
    .map((i) => all[i])
    .join(' ');
}

function similarities(sentences: readonly Set<string>[]): Float64Array[] {
  const rows = sentences.map(() => new Float64Array(sentences.length));
  for (const [i, a] of sentences.entries()) {
    for (let j = 0; j < i; j++) {
      const b = sentences[j] as Set<string>;
      let shared = 0;
      for (const word of a) if (b.has(word)) shared++;
      const value = shared / Math.max(1, Math.log(a.size) + Math.log(b.size));
      (rows[i] as Float64Array)[j] = value;
      (rows[j] as Float64Array)[i] = value;
    }
  }
  return rows;
}

function pageRank(weights: readonly Float64Array[]): Float64Array {
  const n = weights.length;
  const out = weights.map((row) => row.reduce((sum, value) => sum + value, 0));
  let scores = new Float64Array(n).fill(1);
  for (let round = 0; round < 100; round++) {
    const next = new Float64Array(n).fill(1 - DAMPING);
    for (const [i, row] of weights.entries()) {
      if (at(out, i) === 0) continue;
      const given = (DAMPING * at(scores, i)) / at(out, i);
      for (let j = 0; j < n; j++) next[j] = at(next, j) + given * at(row, j);
    }
    const moved = next.reduce(
      (most, value, i) => Math.max(most, Math.abs(value - at(scores, i))),
      0,
    );
    scores = next;
    if (moved < SETTLED) break;
  }
  return scores;
}

const at = (list: ArrayLike<number>, i: number) => list[i] as number;
