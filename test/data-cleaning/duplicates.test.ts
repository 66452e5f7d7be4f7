import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packed, signature, unpacked } from '../../data-cleaning/duplicates/minhash.js';
import { NearGroups } from '../../data-cleaning/duplicates/near-groups.js';
import { words } from '../../data-cleaning/words.js';

/** A text of invented words; the same number gives the same text. */
const text = (number: number, length = 400): string[] =>
  Array.from({ length }, (_, i) => `w${(number * 7919 + i * (number + 3)) % 5003}x${number}`);
const changed = (list: string[], every: number): string[] =>
  list.map((word, i) => (i % every === 0 ? `new${i}` : word));

const groupsOf = (documents: string[][]): number[] => {
  const near = new NearGroups();
  for (const list of documents) near.add(list.join(' '), signature(list));
  const groups = near.groups();
  return documents.map((_, at) => groups.find(at));
};

describe('NearGroups', () => {
  it('joins equal and nearly equal documents, and no others', () => {
    const documents = [text(1), text(2), text(1), changed(text(1), 200), changed(text(2), 4)];
    expect(groupsOf(documents)).toEqual([0, 1, 0, 0, 4]);
  });

  it('joins pages of two versions that differ in a number', () => {
    const page = (version: string) =>
      words(`${text(5).join(' ')} as of version ${version} and later ${text(6).join(' ')}`);
    expect(groupsOf([page('1.2'), page('1.3')])).toEqual([0, 0]);
  });

  it('compares texts too short for shingles by equality', () => {
    expect(groupsOf([['moved'], ['moved'], ['gone']])).toEqual([0, 0, 2]);
  });

  it('gives the same groups whatever the order', () => {
    const documents = [1, 2, 3, 4].flatMap((n) => [text(n), changed(text(n), 150), text(n)]);
    const asSets = (order: number[]) => {
      const groups = groupsOf(order.map((at) => documents[at] as string[]));
      const sets = new Map<number, number[]>();
      order.forEach((at, place) => {
        const key = groups[place] as number;
        sets.set(key, [...(sets.get(key) ?? []), at]);
      });
      return [...sets.values()].map((set) => set.sort((a, b) => a - b).join()).sort();
    };
    const all = documents.map((_, at) => at);
    const expected = asSets(all);
    fc.assert(
      fc.property(fc.shuffledSubarray(all, { minLength: all.length }), (order) => {
        expect(asSets(order)).toEqual(expected);
      }),
      { numRuns: 10 },
    );
  });
});

describe('signature', () => {
  it('comes back from a spool line', () => {
    const made = signature(text(9));
    expect(unpacked(packed(made))).toEqual(made);
    expect(unpacked(packed(new Uint32Array(0)))).toHaveLength(0);
  });

  it('estimates the shared part of the shingles', () => {
    const list = text(3, 2000);
    const half = [...list.slice(0, 1000), ...text(4, 1000)];
    const one = signature(list);
    const two = signature(half);
    const equal = one.filter((value, at) => value === two[at]).length / one.length;
    // Half of the shingles of each are shared: Jaccard 1/3, standard error 0.045 with 112 hashes.
    expect(equal).toBeGreaterThan(0.2);
    expect(equal).toBeLessThan(0.47);
  });
});
