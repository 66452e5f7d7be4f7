import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { rouge } from '../../evaluation/rouge/rouge.js';

type Pair = [reference: string, candidate: string, one: number, two: number, l: number];
const pairs = readFileSync(join(import.meta.dirname, 'fixtures/rouge.jsonl'), 'utf8')
  .split('\n')
  .filter(Boolean)
  .map((line) => JSON.parse(line) as Pair);

it('gives the figures of rouge-score on more than a thousand pairs', () => {
  expect(pairs.length).toBeGreaterThan(1000);
  const differing = pairs.filter(([reference, candidate, ...wanted]) => {
    const { rouge1, rouge2, rougeL } = rouge(reference, candidate);
    return [rouge1, rouge2, rougeL].some((value, i) => Math.abs(value - (wanted[i] ?? -1)) > 1e-8);
  });
  expect(differing).toEqual([]);
});

it('is one for the same words and nothing for no word in common', () => {
  expect(rouge('Boats were running.', 'boats WERE run')).toEqual({
    rouge1: 1,
    rouge2: 1,
    rougeL: 1,
  });
  expect(rouge('Boats run.', 'A tree grows there.')).toEqual({ rouge1: 0, rouge2: 0, rougeL: 0 });
});
