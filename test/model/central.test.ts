import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { centrality, diverse } from '../../model/core/index.js';

const vector = fc.array(fc.double({ min: -1, max: 1, noNaN: true }), {
  minLength: 3,
  maxLength: 3,
});
const vectors = fc
  .array(vector, { minLength: 1, maxLength: 12 })
  .map((all) => all.map((v) => Float32Array.from(v)));

function cosine(a: Float32Array, b: Float32Array): number {
  const dot = (x: Float32Array, y: Float32Array) =>
    x.reduce((sum, v, i) => sum + v * (y[i] ?? 0), 0);
  const norms = Math.sqrt(dot(a, a) * dot(b, b));
  return norms > 0 ? dot(a, b) / norms : 0;
}

describe('centrality', () => {
  it('is the mean cosine with all vectors, as comparing every pair gives it', () => {
    fc.assert(
      fc.property(vectors, (all) => {
        for (const [i, found] of centrality(all).entries()) {
          const a = all[i] as Float32Array;
          const pairs = all.reduce((sum, b) => sum + cosine(a, b), 0) / all.length;
          expect(found).toBeCloseTo(pairs, 4);
        }
      }),
    );
  });

  it('gives nothing for no vectors and 0 for vectors without a direction', () => {
    expect(centrality([])).toEqual([]);
    expect(centrality([new Float32Array(2), new Float32Array(2)])).toEqual([0, 0]);
    expect(centrality([Float32Array.of(Number.NaN, 1)])).toEqual([0]);
  });
});

describe('diverse', () => {
  it('picks distinct indices, the most relevant first', () => {
    fc.assert(
      fc.property(vectors, fc.integer({ min: 0, max: 15 }), (all, most) => {
        const relevance = centrality(all);
        const picked = diverse(all, relevance, most, 0.5);
        expect(picked).toHaveLength(Math.min(most, all.length));
        expect(new Set(picked).size).toBe(picked.length);
        const best = Math.max(...relevance);
        if (picked.length > 0) expect(relevance[picked[0] as number]).toBe(best);
      }),
    );
  });

  it('passes over a repetition for something new', () => {
    const all = [Float32Array.of(1, 0), Float32Array.of(1, 0), Float32Array.of(0.5, 0.9)];
    expect(diverse(all, [0.9, 0.89, 0.6], 2, 0.5)).toEqual([0, 2]);
    expect(diverse(all, [0.9, 0.89, 0.6], 2, 1)).toEqual([0, 1]);
  });
});
