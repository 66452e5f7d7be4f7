import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normalise, normaliseMapped } from '../../documents/index.js';

const nasty = fc.string({
  unit: fc.oneof(
    fc.constantFrom(
      ' ',
      '\t',
      '\n',
      '.',
      '-',
      '!',
      '=',
      "'",
      '"',
      '…',
      '’',
      '“',
      '\u00a0',
      '\u200b',
    ),
    fc.constantFrom(
      'e',
      'A',
      '\u0301',
      '\u0338',
      '\u1100',
      '\u1161',
      '\ud800',
      '\udc00',
      '😀',
      '\ufffd',
    ),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
  ),
  maxLength: 60,
});

describe('normalise', () => {
  it.each([
    ['“Smart” ‘quotes’', '"Smart" \'quotes\''],
    ['one\u00a0two\u2003three', 'one two three'],
    ['wait.... what!!!!', 'wait... what!'],
    ['a ----- b', 'a - b'],
    ['more…', 'more...'],
    ['zero\u200bwidth\ufeff and soft\u00adhyphen', 'zerowidth and softhyphen'],
    ['lone \ud800 surrogate', 'lone surrogate'],
    ['cafe\u0301', 'café'],
    ['  spread \n out\t', 'spread out'],
    ['a == b && c :: d', 'a == b && c :: d'],
    ['plain text.', 'plain text.'],
    ['', ''],
  ])('turns %j into %j', (given, wanted) => {
    expect(normalise(given)).toBe(wanted);
  });

  it('changes nothing the second time', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        const once = normalise(text);
        expect(normalise(once)).toBe(once);
      }),
      { numRuns: 3000 },
    );
  });

  it('leaves composed text without control characters, lone surrogates or edges of space', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        const out = normalise(text);
        expect(out).toBe(out.normalize('NFC'));
        expect(out).not.toMatch(/\p{Cs}/u);
        expect(out).toBe(out.trim());
        expect(out).not.toMatch(/\p{Cc}|\p{Co}| {2}/u);
      }),
      { numRuns: 2000 },
    );
  });

  it('names an origin for every character, in order', () => {
    fc.assert(
      fc.property(nasty, (text) => {
        const { text: out, origin } = normaliseMapped(text);
        expect(origin.length).toBe(out.length);
        for (let i = 0; i < origin.length; i++) {
          expect(origin[i]).toBeGreaterThanOrEqual(i === 0 ? 0 : (origin[i - 1] as number));
          expect(origin[i]).toBeLessThan(text.length);
        }
      }),
      { numRuns: 1000 },
    );
  });
});
