import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readMarkdown, readPlain } from '../../documents/index.js';
import { sentences } from '../../model/core/index.js';
import { Summarizer } from '../../model/index.js';
import { tinyBundle } from './tiny.js';

// The tiny bundle's decoder copies the document's first line.
let precis: Summarizer;
beforeAll(async () => {
  precis = await Summarizer.load(tinyBundle, { threads: 1 });
});
afterAll(() => precis.close());

const sentence = fc
  .array(
    fc.constantFrom('log', 'relay', 'is', 'old', '(an aside)', 'and', 'deleted', 'e.g.', 'in'),
    {
      minLength: 1,
      maxLength: 24,
    },
  )
  .map((words) => `The ${words.join(' ')}.`);
const paragraph = fc.array(sentence, { minLength: 1, maxLength: 4 }).map((s) => s.join(' '));
const documents = fc
  .array(fc.tuple(fc.constantFrom('', '- ', '> ', '# '), paragraph), { minLength: 1, maxLength: 6 })
  .map((blocks) => blocks.map(([mark, text]) => `${mark}${text}`).join('\n\n'));
const lengths = fc.constantFrom<'short' | 'medium'>('short', 'medium');

/** Asks for random documents; every answer has to keep the promise, and some have to be given. */
async function always(
  type: 'tldr' | 'headline' | 'key-points',
  check: (text: string, length: 'short' | 'medium', source: string, sources: string[]) => void,
) {
  let given = 0;
  await fc.assert(
    fc.asyncProperty(documents, lengths, async (source, length) => {
      const document = readMarkdown(source);
      const { suggestion } = await precis.suggest(document, { type, length, minConfidence: 0 });
      if (!suggestion) return;
      given++;
      expect(suggestion.type).toBe(type);
      for (const { start, end, text } of suggestion.sources) {
        expect(text).toBe(source.slice(start, end));
      }
      check(
        suggestion.text,
        length,
        source,
        suggestion.sources.map(({ text }) => text),
      );
    }),
    { numRuns: 100 },
  );
  expect(given).toBeGreaterThan(10);
}

describe('what each type promises', () => {
  it('tldr: one sentence, or up to two', () =>
    always('tldr', (text, length) => {
      const count = sentences(text).length;
      expect(count).toBeGreaterThanOrEqual(1);
      expect(count).toBeLessThanOrEqual(length === 'short' ? 1 : 2);
    }));

  it('headline: at most 12 words, or 17, on one line without a full stop', () =>
    always('headline', (text, length) => {
      expect(text.split(/\s+/).length).toBeLessThanOrEqual(length === 'short' ? 12 : 17);
      expect(text).not.toMatch(/\.$|\n/);
    }));

  it('key points: at most three sentences of the document, or five, with their sources', () =>
    always('key-points', (text, length, _, sources) => {
      const points = text.split('\n');
      expect(points.length).toBeLessThanOrEqual(length === 'short' ? 3 : 5);
      expect(new Set(points).size).toBe(points.length);
      expect(sources).toEqual(points);
    }));
});

describe('key points', () => {
  it('read the whole document, beyond what the encoder reads at once', async () => {
    const filler = 'Nobody has to do anything for that since the service looks at the list. ';
    const end = 'The last sentence stands far behind the limit of the encoder.';
    const document = readPlain(`${filler.repeat(100)}\n\n${end}`);
    const { suggestion, input } = await precis.suggest(document, { type: 'key-points' });
    expect(suggestion?.text.split('\n')).toEqual([filler.trim(), end]);
    expect(input.truncated).toBe(false);
    expect(input.tokens).toBeGreaterThan(1000);
    expect(input.limit).toBeGreaterThanOrEqual(input.tokens);
  });

  it('look at no more words than configured, and say so', async () => {
    const few = await Summarizer.load(tinyBundle, { threads: 1, maxWords: 50 });
    const text = 'Old relay logs are deleted after a month of 30 days. '.repeat(20);
    const { input } = await few.suggest(readPlain(text), { type: 'key-points' });
    await few.close();
    expect(input.truncated).toBe(true);
    expect(input.tokens).toBeLessThan(400);
  });

  it('say so when the reader had stopped before the end of the document', async () => {
    const text = 'Old relay logs are deleted after a month of 30 days. '.repeat(1500);
    const cut = await precis.suggest(readPlain(text), { type: 'key-points' });
    expect(cut.input.truncated).toBe(true);
    const whole = readPlain(text, { limit: text.length });
    expect((await precis.suggest(whole, { type: 'key-points' })).input.truncated).toBe(false);
  });

  it('are withheld when there are none or the confidence asked for is not reached', async () => {
    const headings = readMarkdown('# Rotating logs\n\n## Old ones\n\n'.repeat(12));
    const none = await precis.suggest(headings, { type: 'key-points' });
    expect({ ...none, input: 0 }).toMatchObject({ suggestion: null, reason: 'unfinished' });
    const text = readPlain('Old relay logs are deleted after a month of 30 days. '.repeat(4));
    const strict = await precis.suggest(text, { type: 'key-points', minConfidence: 1 });
    expect(strict.reason).toBe('low_confidence');
  });
});
