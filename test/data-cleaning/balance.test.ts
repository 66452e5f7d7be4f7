import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { capped, sourceCap } from '../../data-cleaning/balance/cap.js';

const pairs = (counts: Record<string, number>) =>
  Object.entries(counts).flatMap(([source, count]) =>
    Array.from({ length: count }, (_, i) => ({ source, id: `${source}${i}`, score: i / count })),
  );
const many = Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`small${i}`, 20]));

describe('capped', () => {
  it('leaves a source at most 8 % of what is left, its best', () => {
    const kept = capped(pairs({ ...many, large: 500 }));
    const large = [...kept].filter(({ source }) => source === 'large');
    expect(large.length / kept.size).toBeLessThanOrEqual(0.08);
    expect((large.length + 1) / (kept.size + 1)).toBeGreaterThan(0.08);
    expect(Math.min(...large.map(({ score }) => score))).toBeGreaterThan(0.85);
    expect(kept.size - large.length).toBe(600);
  });

  it('takes nothing where no source is large', () => {
    expect(capped(pairs(many)).size).toBe(600);
  });

  it('takes nothing from few sources, where no cut would reach the share', () => {
    expect(capped(pairs({ one: 50, other: 3 })).size).toBe(53);
  });

  it('keeps the same pairs whatever their order', () => {
    const all = pairs({ ...many, large: 90 }).map((pair) => ({ ...pair, score: 0.5 }));
    const ids = (list: typeof all) => [...capped(list)].map(({ id }) => id).sort();
    const expected = ids(all);
    fc.assert(
      fc.property(fc.shuffledSubarray(all, { minLength: all.length }), (order) => {
        expect(ids(order)).toEqual(expected);
      }),
      { numRuns: 10 },
    );
  });
});

describe('sourceCap', () => {
  it('is the largest that fulfils the share', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 999 }), { minLength: 25 }), (sizes) => {
        const cap = sourceCap(sizes);
        const left = (most: number) => sizes.reduce((sum, size) => sum + Math.min(size, most), 0);
        const most = Math.min(cap, Math.max(...sizes));
        expect(most).toBeLessThanOrEqual(Math.max(1, 0.08 * left(cap)));
        if (cap < Math.max(...sizes)) expect(cap + 1).toBeGreaterThan(0.08 * left(cap + 1));
      }),
    );
  });
});
