import { describe, expect, it } from 'vitest';
import {
  beamSearch,
  beamSearches,
  placesOf,
  type SearchOptions,
  type Session,
} from '../../model/core/index.js';
import { tableSession } from './fake.js';

const EOS = 3;
const MODE = 99;
const options: SearchOptions = {
  beam: 4,
  lengthPenalty: 1,
  noRepeatNgram: 0,
  minTokens: 1,
  maxTokens: 8,
  mode: MODE,
  eos: EOS,
};

/** The document "10 11 12 13", and a decoder that would rather jump from 11 to 13. */
const source = [10, 11, 12, 13];
const chain: Record<number, [number, number][]> = {
  [MODE]: [[10, -0.1]],
  10: [[11, -0.1]],
  11: [
    [13, -0.4],
    [12, -1.2],
  ],
  12: [[13, -0.1]],
  13: [[EOS, -0.1]],
};
const jumper: Session<number> = {
  stateSize: 1,
  topK: 2,
  encode: async () => 0,
  state: () => new Float32Array(1),
  pool: async () => [],
  join: () => 0,
  async step(_, { hypotheses, recent }) {
    const rows = Array.from({ length: hypotheses }, (_, i) => chain[Number(recent[i * 3])] ?? []);
    const cell = (i: number, part: 0 | 1, none: number) => rows[i >> 1]?.[i & 1]?.[part] ?? none;
    const cells = Array.from({ length: hypotheses * 2 }, (_, i) => i);
    return {
      logProbs: Float32Array.from(cells, (i) => cell(i, 1, Number.NEGATIVE_INFINITY)),
      tokens: BigInt64Array.from(cells, (i) => BigInt(cell(i, 0, 0))),
      copy: new Float32Array(hypotheses),
      gate: new Float32Array(hypotheses),
      entropy: new Float32Array(hypotheses),
      nextState: new Float32Array(hypotheses),
    };
  },
};
const closeTo = (penalty: number) => ({ source, places: placesOf(source), penalty });

describe('seams', () => {
  it('are counted where the text leaves the run of words it follows', async () => {
    const [best] = await beamSearch(jumper, 0, { ...options, seams: closeTo(0) });
    expect(best).toMatchObject({ ids: [10, 11, 13], seams: 1 });
  });

  it('are avoided when they cost more than the words between', async () => {
    const [best] = await beamSearch(jumper, 0, { ...options, seams: closeTo(2) });
    expect(best).toMatchObject({ ids: [10, 11, 12, 13], seams: 0 });
    const sum = best?.logProbs.reduce((a, b) => a + b, 0);
    expect(sum).toBeCloseTo(-1.6);
  });

  it('count for words that the document does not have', async () => {
    const elsewhere = { source: [20, 21], places: placesOf([20, 21]), penalty: 0 };
    const [best] = await beamSearch(jumper, 0, { ...options, seams: elsewhere });
    expect(best?.seams).toBe(2);
  });
});

it('searches side by side find what each finds alone', async () => {
  for (let seed = 0; seed < 30; seed++) {
    const session = tableSession(seed, 6, MODE);
    const searches = [0, 0.5, 3].map((penalty, i) => {
      const written = [3 + (seed % 6), 4, 5, 6];
      const seams = { source: written, places: placesOf(written), penalty };
      return { ...options, beam: 1 + i, maxTokens: 4 + i, seams };
    });
    const together = await beamSearches(session, 0, searches);
    const alone = await Promise.all(searches.map((each) => beamSearch(session, 0, each)));
    const texts = (all: typeof alone) =>
      all.map((found) => found.map(({ ids, score }) => [ids, score]));
    expect(texts(together)).toEqual(texts(alone));
  }
});
