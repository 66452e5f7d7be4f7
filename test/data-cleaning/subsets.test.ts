import { describe, expect, it } from 'vitest';
import { Draw } from '../../data-cleaning/subsets/draw.js';
import { recipe, type Told, WITHOUT } from '../../data-cleaning/subsets/recipe.js';

const told = (id: string, reason: string, ...reasons: string[]): Told => ({
  id,
  group: 'pairs',
  file: 'harbour',
  reason,
  reasons,
});
const ROWS = [
  told('clean', 'kept'),
  told('overruled', 'kept', 'lead_copy'),
  told('framed', 'framing', 'framing'),
  told('framed and short', 'framing', 'framing', 'length'),
  told('unscored', 'low_score'),
  told('stub', 'stub', 'stub'),
  told('no pair', 'no_summary', 'no_summary'),
  told('copy', 'duplicate'),
  told('reserved', 'contaminates_annotated'),
  told('broken', 'broken_row'),
];
const of = (name: string) => ROWS.filter(recipe(name)).map(({ id }) => id);

describe('recipe', () => {
  it('takes every pair as raw, but for those of the annotated dev and test documents', () => {
    expect(of('raw')).toEqual([
      ...['clean', 'overruled', 'framed', 'framed and short', 'unscored', 'stub', 'copy'],
    ]);
  });

  it('takes what was kept as clean', () => {
    expect(of('clean')).toEqual(['clean', 'overruled']);
  });

  it('adds what one filter alone holds back', () => {
    expect(of('clean-no-framing')).toEqual(['clean', 'overruled', 'framed']);
    expect(of('clean-no-stub')).toEqual(['clean', 'overruled', 'stub']);
  });

  it('takes what no filter minds where the score is left out', () => {
    expect(of('clean-no-score')).toEqual(['clean', 'unscored']);
  });

  it('knows filters of two words by hyphen or underscore, and names what there is', () => {
    expect(() => recipe('clean-no-title-copy')).not.toThrow();
    expect(() => recipe('clean-no-title_copy')).not.toThrow();
    expect(() => recipe('cleaner')).toThrow(/clean-no-framing/);
    expect(WITHOUT).toContain('score');
  });
});

describe('Draw', () => {
  const rows = Array.from({ length: 5000 }, (_, i) => told(`id${i}`, 'kept'));
  const drawn = (list: Told[], size: number, seed = 1) => {
    const draw = new Draw(size, seed);
    for (const row of list) draw.add(row);
    return draw
      .drawn()
      .map(({ id }) => id)
      .sort();
  };

  it('draws as many as asked, the same whatever the order, others with another seed', () => {
    const some = drawn(rows, 300);
    expect(new Set(some).size).toBe(300);
    expect(drawn([...rows].reverse(), 300)).toEqual(some);
    expect(drawn(rows, 300, 2)).not.toEqual(some);
  });

  it('says how many there are when there are too few', () => {
    expect(() => drawn(rows.slice(0, 10), 11)).toThrow(/10 pairs, fewer than 11/);
  });
});
