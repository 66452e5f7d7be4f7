import { expect, test } from 'vitest';
import { fuzz, type Sample, samples } from './fuzz.js';

/** Files of each format; `bench/mutated-files.sh` does 10,000. */
const COUNT = Number(process.env.MUTATED_FILES ?? 60);

test.each(Object.keys(samples) as Sample[])(
  `${COUNT} mutated %s files: a document or a reason each`,
  { timeout: 60_000 + COUNT * 1000 },
  async (sample) => {
    const outcomes = await fuzz(sample, COUNT);
    if (process.env.MUTATED_FILES) console.log(sample, JSON.stringify(outcomes));
    expect(outcomes.faults).toEqual([]);
    const refused = Object.values(outcomes.refused).reduce((sum, n) => sum + n, 0);
    expect(outcomes.read + refused).toBe(COUNT);
  },
);

test('a PDF whose parser fails after its answer does not take the next file along', async () => {
  const { faults } = await fuzz('pdf', 9, { firstSeed: 3696, parallel: 1 });
  expect(faults).toEqual([]);
});
