import type { Session, StepInput, StepOutput, Tokenizer } from '../../model/core/index.js';

export const special = {
  pad: 0,
  unk: 1,
  bos: 2,
  eos: 3,
  mask: 4,
  newline: 5,
  title: 6,
  short: 7,
  medium: 8,
  gap: 9,
  author: 10,
  headline: 11,
};

/** One id a word, numbered from 16 in order of appearance; a tokenizer that can be read in a failure. */
export class WordTokenizer implements Tokenizer {
  readonly seen: string[] = [];
  longest = 0;

  encode(text: string): number[] {
    this.longest = Math.max(this.longest, text.length);
    return this.pieces(text).map((piece) => {
      const at = this.seen.indexOf(piece);
      return 16 + (at >= 0 ? at : this.seen.push(piece) - 1);
    });
  }

  pieces(text: string): string[] {
    return text
      .split(' ')
      .filter(Boolean)
      .map((word) => `\u2581${word}`);
  }

  decode(ids: readonly number[]): string {
    return ids
      .map((id) => this.seen[id - 16] ?? '')
      .join('')
      .replaceAll('\u2581', ' ')
      .trim();
  }
}

/** A number in [0, 1) that depends on all arguments (xmur3-like mixing). */
export function noise(...values: number[]): number {
  let h = 2166136261;
  for (const value of values) {
    h = Math.imul(h ^ (value + 0x9e3779b9), 16777619);
    h ^= h >>> 13;
    h = Math.imul(h, 0x5bd1e995);
    h ^= h >>> 15;
  }
  return (h >>> 0) / 2 ** 32;
}

/** Distribution over ids `3..3+vocabulary-1` (3 is eos) after a written path, from nothing but noise. */
export function table(
  seed: number,
  path: readonly number[],
  vocabulary: number,
): [number, number][] {
  const raw = Array.from({ length: vocabulary }, (_, v) => noise(seed, ...path, v) * 3);
  const sum = Math.log(raw.reduce((total, x) => total + Math.exp(x), 0));
  return raw
    .map((x, v): [number, number] => [v + 3, Math.fround(x - sum)])
    .sort((a, b) => b[1] - a[1] || a[0] - b[0]);
}

const PATH = 8;

/**
 * A decoder of tables. Its recurrent state is the path written so far, so that a wrongly gathered
 * state changes the result, and it checks that `recent` is that path's end.
 */
export function tableSession(seed: number, vocabulary: number, mode: number): Session<number> {
  return {
    stateSize: PATH,
    topK: vocabulary,
    encode: async (ids) => ids.length,
    state: (positions) => Float32Array.of(positions),
    pool: async (texts) => texts.map((ids) => Float32Array.from(ids.slice(0, 4))),
    join: (memories) => memories.reduce((sum, positions) => sum + positions, 0),
    async step(positions: number, { hypotheses, recent, state }: StepInput): Promise<StepOutput> {
      const out: StepOutput = {
        logProbs: new Float32Array(hypotheses * vocabulary),
        tokens: new BigInt64Array(hypotheses * vocabulary),
        copy: new Float32Array(hypotheses * positions),
        gate: new Float32Array(hypotheses),
        entropy: new Float32Array(hypotheses),
        nextState: new Float32Array(hypotheses * PATH),
      };
      for (let row = 0; row < hypotheses; row++) {
        const before = [...state.subarray(row * PATH, (row + 1) * PATH)].filter(Boolean);
        const newest = Number(recent[row * 3]);
        const path = newest === mode ? [] : [...before, newest];
        const expected = [...path].reverse().concat([mode, -1, -1]).slice(0, 3);
        const got = [...recent.subarray(row * 3, row * 3 + 3)].map(Number);
        if (String(got) !== String(expected)) throw new Error(`recent ${got}, not ${expected}`);
        for (const [k, [token, logProb]] of table(seed, path, vocabulary).entries()) {
          out.tokens[row * vocabulary + k] = BigInt(token);
          out.logProbs[row * vocabulary + k] = logProb;
        }
        out.copy[row * positions + (path.length % positions)] = 1;
        out.gate[row] = noise(seed, ...path, 101);
        out.entropy[row] = path.length;
        out.nextState.set(path, row * PATH);
      }
      return out;
    },
  };
}
