import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { beamSearch, type SearchOptions } from '../../model/core/index.js';
import { table, tableSession } from './fake.js';

const EOS = 3;
const MODE = 99;

const base: SearchOptions = {
  beam: 4,
  lengthPenalty: 0.8,
  noRepeatNgram: 0,
  minTokens: 0,
  maxTokens: 5,
  mode: MODE,
  eos: EOS,
};

const repeats = (ids: number[], token: number, n: number) => {
  if (n < 1 || ids.length < n) return false;
  const gram = String([...ids.slice(ids.length - n + 1), token]);
  return ids.some((_, i) => i + n <= ids.length && String(ids.slice(i, i + n)) === gram);
};

function allowed(path: number[], token: number, o: SearchOptions): boolean {
  if (token === EOS) return path.length >= o.minTokens;
  return !repeats(path, token, o.noRepeatNgram);
}

/** The best of all ended sequences, by trying every one. */
function bruteForce(seed: number, vocabulary: number, o: SearchOptions) {
  let best = { ids: [] as number[], score: Number.NEGATIVE_INFINITY };
  const visit = (path: number[], total: number) => {
    for (const [token, logProb] of table(seed, path, vocabulary)) {
      if (!allowed(path, token, o)) continue;
      const score = (total + logProb) / (path.length + 1) ** o.lengthPenalty;
      if (token === EOS) {
        if (score > best.score) best = { ids: path, score };
      } else if (path.length + 1 < o.maxTokens) visit([...path, token], total + logProb);
    }
  };
  visit([], 0);
  return best;
}

/** `distill/distill/decode.py`, line by line. */
function reference(seed: number, vocabulary: number, o: SearchOptions) {
  type H = { ids: number[]; logProbs: number[] };
  const sum = (h: H) => h.logProbs.reduce((a, b) => a + b, 0);
  const score = (h: H) => sum(h) / h.logProbs.length ** o.lengthPenalty;
  let live: H[] = [{ ids: [], logProbs: [] }];
  let done: H[] = [];
  for (let step = 0; step < o.maxTokens; step++) {
    const options: { total: number; row: number; token: number; logProb: number }[] = [];
    for (const [row, h] of live.entries()) {
      for (const [token, logProb] of table(seed, h.ids, vocabulary)) {
        if (allowed(h.ids, token, o))
          options.push({ total: sum(h) + logProb, row, token, logProb });
      }
    }
    options.sort((a, b) => b.total - a.total || a.row - b.row || a.token - b.token);
    const following: H[] = [];
    for (const { row, token, logProb } of options.slice(0, 2 * o.beam)) {
      const from = live[row] as H;
      const logProbs = [...from.logProbs, logProb];
      if (token === EOS) done.push({ ids: from.ids, logProbs });
      else if (following.length < o.beam) following.push({ ids: [...from.ids, token], logProbs });
    }
    done = done.sort((a, b) => score(b) - score(a)).slice(0, o.beam);
    if (following.length === 0) break;
    const bestLive = Math.max(...following.map((h) => sum(h) / o.maxTokens ** o.lengthPenalty));
    if (done.length === o.beam && score(done.at(-1) as H) >= bestLive) break;
    live = following;
  }
  return (done.length > 0 ? done : live.sort((a, b) => score(b) - score(a)))[0] as H;
}

const search = (seed: number, vocabulary: number, options: SearchOptions) =>
  beamSearch(tableSession(seed, vocabulary, MODE), 6, options);

const settings = fc.record({
  seed: fc.nat(),
  lengthPenalty: fc.constantFrom(0, 0.8, 1, 1.4),
  noRepeatNgram: fc.constantFrom(0, 1, 2, 3),
  minTokens: fc.constantFrom(0, 2, 3),
});

describe('beam search', () => {
  it('finds the best of all sequences when the beam holds them all', async () => {
    await fc.assert(
      fc.asyncProperty(settings, async ({ seed, ...rest }) => {
        const options = { ...base, ...rest, beam: 100 };
        const best = bruteForce(seed, 4, options);
        const [found] = await search(seed, 4, options);
        fc.pre(best.score > Number.NEGATIVE_INFINITY);
        expect(found?.ended).toBe(true);
        expect(found?.ids).toEqual(best.ids);
        expect(found?.score).toBeCloseTo(best.score, 9);
      }),
      { numRuns: 150 },
    );
  });

  it('chooses what the Python reference chooses', async () => {
    const widths = fc.constantFrom(2, 3, 4);
    await fc.assert(
      fc.asyncProperty(settings, widths, async ({ seed, ...rest }, beam) => {
        const options = { ...base, ...rest, beam, maxTokens: 7 };
        const expected = reference(seed, 6, options);
        const [found] = await search(seed, 6, options);
        expect(found?.ids).toEqual(expected.ids);
        expect(found?.logProbs).toEqual(expected.logProbs);
      }),
      { numRuns: 300 },
    );
  });

  it('is greedy with a beam of one', async () => {
    for (let seed = 0; seed < 50; seed++) {
      const path: number[] = [];
      while (path.length < base.maxTokens) {
        const token = table(seed, path, 5)[0]?.[0] as number;
        if (token === EOS) break;
        path.push(token);
      }
      const found = await search(seed, 5, { ...base, beam: 1 });
      expect(found).toHaveLength(1);
      expect(found[0]?.ids).toEqual(path);
      expect(found[0]?.ended).toBe(path.length < base.maxTokens);
    }
  });

  it('keeps statistics of the path it took, one a written id', async () => {
    for (const hypothesis of await search(11, 6, { ...base, minTokens: 3 })) {
      const { ids, logProbs, entropy, gate, copy, ended } = hypothesis;
      const written = ids.length + (ended ? 1 : 0);
      expect([logProbs, entropy, gate, copy].map((list) => list.length)).toEqual(
        Array(4).fill(written),
      );
      // The table's entropy is the path's length, its copy attention points at that position.
      expect(entropy).toEqual(ids.map((_, t) => t).concat(ended ? [ids.length] : []));
      expect(copy.map((row) => row.indexOf(1))).toEqual(entropy.map((t) => t % 6));
    }
  });

  it('returns its hypotheses best first and never one twice', async () => {
    for (let seed = 0; seed < 30; seed++) {
      const found = await search(seed, 6, base);
      const scores = found.map(({ score }) => score);
      expect(scores).toEqual([...scores].sort((a, b) => b - a));
      expect(new Set(found.map(({ ids }) => String(ids))).size).toBe(found.length);
    }
  });

  it('gives the live hypotheses when none may end', async () => {
    const found = await search(1, 6, { ...base, minTokens: 99 });
    expect(found.length).toBeGreaterThan(0);
    expect(found.every(({ ended, ids }) => !ended && ids.length === base.maxTokens)).toBe(true);
  });

  it('skips masked and broken log-probabilities instead of following them', async () => {
    const session = tableSession(1, 4, MODE);
    const step = session.step.bind(session);
    for (const bad of [Number.NaN, Number.NEGATIVE_INFINITY, -1e9]) {
      session.step = async (memory, input) => {
        const out = await step(memory, input);
        out.logProbs.fill(bad);
        return out;
      };
      expect(await beamSearch(session, 6, base)).toEqual([]);
    }
  });

  it('never writes a forbidden id', async () => {
    for (const { ids } of await search(5, 6, { ...base, minTokens: 2, never: new Set([4, 5]) })) {
      expect(ids.every((id) => id > 5)).toBe(true);
    }
  });

  it('stops between two steps when aborted', async () => {
    const session = tableSession(1, 6, MODE);
    const controller = new AbortController();
    const step = session.step.bind(session);
    let steps = 0;
    session.step = (memory, input) => {
      if (++steps === 2) controller.abort(new Error('enough'));
      return step(memory, input);
    };
    const options = { ...base, minTokens: 4, signal: controller.signal };
    await expect(beamSearch(session, 6, options)).rejects.toThrow('enough');
    expect(steps).toBe(2);
  });
});
