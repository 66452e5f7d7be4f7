import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layOut, packed, sourcePositions, units } from '../../model/core/index.js';
import { special, WordTokenizer } from './fake.js';

const word = fc.constantFrom('alpha', 'beta', 'Gamma', 'delta.', 'Epsilon!', 'e.g.');
const line = fc.array(word, { maxLength: 30 }).map((words) => words.join(' '));
const documents = fc.array(line, { maxLength: 8 });
const limits = fc.integer({ min: 12, max: 40 });

describe('units', () => {
  it('hold every word of the document once, in order', () => {
    fc.assert(
      fc.property(documents, limits, (lines, limit) => {
        const tokenizer = new WordTokenizer();
        const all = [...units({ lines }, tokenizer, limit)];
        const ids = lines.flatMap((text) => tokenizer.encode(text));
        expect(all.flatMap((unit) => unit.ids)).toEqual(ids);
        expect(all.every((unit) => unit.ids.length <= limit)).toBe(true);
      }),
    );
  });

  it('leave out a first line that repeats the title', () => {
    const prose = { title: 'Same', lines: ['Same', 'Body.'] };
    expect([...units(prose, new WordTokenizer(), 9)].map((unit) => unit.line)).toEqual([1]);
  });

  it('cut a megabyte without a space in linear time', () => {
    const tokenizer = new WordTokenizer();
    const all = [...units({ lines: ['a'.repeat(1_000_000)] }, tokenizer, 500)];
    expect(all.length).toBe(500);
    expect(all.every(({ whole }) => !whole)).toBe(true);
    expect(tokenizer.longest).toBeLessThanOrEqual(2000);
  });
});

describe('windows', () => {
  const windowsOf = (lines: string[], limit: number, overlap: number) => {
    const tokenizer = new WordTokenizer();
    const prose = { lines };
    const all = [...units(prose, tokenizer, limit - 3)];
    const windows = [...packed(all, limit, overlap)];
    return { tokenizer, prose, all, windows };
  };

  it('hold every sentence, none longer than the limit, and begin with what came before', () => {
    fc.assert(
      fc.property(documents, limits, fc.integer({ min: 0, max: 10 }), (lines, limit, overlap) => {
        const { prose, all, windows } = windowsOf(lines, limit, overlap);
        expect(new Set(windows.flat())).toEqual(new Set(all));
        for (const [i, window] of windows.entries()) {
          const { ids } = layOut(window, prose, special);
          expect(ids.length).toBeLessThanOrEqual(limit);
          const before = windows[i - 1];
          const repeated = window.filter((unit) => before?.includes(unit));
          expect(window.slice(0, repeated.length)).toEqual(repeated);
          if (before) expect(before.slice(before.length - repeated.length)).toEqual(repeated);
          expect(window.length).toBeGreaterThan(repeated.length);
        }
      }),
    );
  });

  it('know where every id stands in its line', () => {
    const lines = ['One two. Three four five.', 'Six seven.'];
    const { tokenizer, prose, windows } = windowsOf(lines, 20, 0);
    const window = layOut(windows[0] ?? [], prose, special);
    const { line, at } = sourcePositions(window, tokenizer);
    const ends = [...line].map((l, s) => lines[l]?.[at[s] as number] ?? null);
    expect(ends).toEqual([null, 'e', '.', 'e', 'r', '.', null, 'x', '.', null]);
  });
});
