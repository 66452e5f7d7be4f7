import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isFinished, sentences } from '../../model/core/index.js';
import { lines } from './fixtures/sentences.js';

const split = (text: string) => sentences(text).map(({ start, end }) => text.slice(start, end));

describe('sentences', () => {
  it.each(lines)('%s', (line) => {
    const expected = line.split('|').map((sentence) => sentence.trim());
    const text = line.replace(/ \| /g, ' ').replaceAll('|', '');
    expect(split(text)).toEqual(expected);
  });

  it('gives ordered ranges that hold every visible character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        let last = 0;
        for (const { start, end } of sentences(text)) {
          expect(text.slice(last, start).trim()).toBe('');
          expect(end).toBeGreaterThan(start);
          last = end;
        }
        expect(text.slice(last).trim()).toBe('');
      }),
    );
  });

  it('is quick on a megabyte without a boundary', () => {
    const started = performance.now();
    expect(sentences('a'.repeat(1_000_000))).toHaveLength(1);
    expect(performance.now() - started).toBeLessThan(2000);
  });
});

describe('isFinished', () => {
  it.each([
    'It works.',
    'Does it work?',
    'He said "stop."',
    'It works (mostly).',
    'Use C++.',
    'It ships in v1.2.',
    'これは文です。',
  ])('%s is finished', (text) => expect(isFinished(text)).toBe(true));

  it.each([
    '',
    '.',
    '42.',
    'It works',
    'It works,',
    'It works...',
    'It works, e.g.',
    'It works (mostly.',
    'He said "stop.',
    'This belongs to Dr.',
    'It works :',
  ])('%s is not', (text) => expect(isFinished(text)).toBe(false));
});
