import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sourceTokens } from '../../model/core/index.js';
import { special, WordTokenizer } from './fake.js';

const { bos, eos, newline, title: titleId } = special;

/** `Tokenizer.document` of `distill/distill/tokens.py`, line by line. */
function reference(tokenizer: WordTokenizer, title: string, lines: string[], limit: number) {
  let rest = lines.filter(Boolean);
  let ids = [bos];
  if (title) {
    ids = [...ids, ...tokenizer.encode(title), titleId];
    if (rest[0] === title) rest = rest.slice(1);
  }
  for (const [number, line] of rest.entries()) {
    if (ids.length >= limit) break;
    ids = [...ids, ...(number > 0 ? [newline] : []), ...tokenizer.encode(line)];
  }
  return [...ids.slice(0, limit - 1), eos];
}

const line = fc
  .array(fc.constantFrom('a', 'bb', 'ccc', 'dddd'), { maxLength: 6 })
  .map((w) => w.join(' '));

describe('sourceTokens', () => {
  it('lays a document out as the bundle contract says', () => {
    const tokenizer = new WordTokenizer();
    const prose = { title: 'T', lines: ['one two', 'three'] };
    const { ids, lines, truncated } = sourceTokens(prose, tokenizer, special, 20);
    expect(ids).toEqual([bos, 16, titleId, 17, 18, newline, 19, eos]);
    expect(lines.map(({ line, first, count }) => [line, first, count])).toEqual([
      [0, 3, 2],
      [1, 6, 1],
    ]);
    expect(truncated).toBe(false);
  });

  it('equals the Python layout for any title, lines and limit', () => {
    const limits = fc.integer({ min: 2, max: 40 });
    fc.assert(
      fc.property(line, fc.array(line, { maxLength: 6 }), limits, (title, lines, limit) => {
        const tokenizer = new WordTokenizer();
        const expected = reference(tokenizer, title, lines, limit);
        const { ids, truncated } = sourceTokens({ title, lines }, tokenizer, special, limit);
        expect(ids).toEqual(expected);
        const whole = reference(tokenizer, title, lines, 1000);
        const words = (list: number[]) => list.filter((id) => id >= 16).length;
        if (words(ids) < words(whole)) expect(truncated).toBe(true);
        if (ids.length === whole.length) expect(truncated).toBe(false);
      }),
    );
  });

  it('drops a first line that repeats the title', () => {
    const prose = { title: 'same', lines: ['same', 'body'] };
    const { ids, lines } = sourceTokens(prose, new WordTokenizer(), special, 20);
    expect(ids).toEqual([bos, 16, titleId, 17, eos]);
    expect(lines[0]?.line).toBe(1);
  });

  it('never shows the tokenizer more than could fill the limit', () => {
    for (const text of [
      'a'.repeat(1_000_000),
      'ab '.repeat(400_000),
      '\u{1f600}'.repeat(300_000),
    ]) {
      const tokenizer = new WordTokenizer();
      const { ids, truncated } = sourceTokens({ lines: [text] }, tokenizer, special, 64);
      expect(ids.length).toBeLessThanOrEqual(64);
      expect(truncated).toBe(true);
      expect(tokenizer.longest).toBeLessThanOrEqual(64 * 16);
    }
  });

  it('cuts no surrogate pair apart', () => {
    const tokenizer = new WordTokenizer();
    sourceTokens({ lines: [`x${'\u{1f600}'.repeat(5000)}`] }, tokenizer, special, 64);
    expect(tokenizer.seen.every((piece) => !/\p{Surrogate}/u.test(piece))).toBe(true);
  });
});
