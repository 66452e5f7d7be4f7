import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { REWRITES, rewrite } from '../../data-cleaning/rewrites.js';

describe('rewrite', () => {
  it.each([
    [
      'Summary: the gauge reports tides',
      'The gauge reports tides.',
      ['prefix', 'capital', 'full_stop'],
    ],
    ['The **gauge** of [Lumm](lumm.md) &amp; co.', 'The gauge of Lumm & co.', ['markdown']],
    ['"The gauge reports tides."', 'The gauge reports tides.', ['quotes']],
    ['Use [!DNL Gauge] daily.', 'Use Gauge daily.', ['markdown']],
    ['iOS gauges report tides.', 'iOS gauges report tides.', []],
    ['The gauge reports “tides”.', 'The gauge reports "tides".', ['markdown']],
    ['', '', []],
  ])('turns %j into %j', (summary, text, steps) => {
    expect(rewrite(summary)).toEqual({ text, steps });
  });

  it('has a name and a sentence for every step', () => {
    for (const step of REWRITES) expect(step.description).toMatch(/\.$/);
  });

  it('invents no words', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), (summary) => {
        const plain = summary.normalize('NFKC').toLowerCase();
        for (const word of rewrite(summary)
          .text.toLowerCase()
          .match(/[a-z]{3,}/g) ?? []) {
          expect(plain).toContain(word);
        }
      }),
    );
  });
});
