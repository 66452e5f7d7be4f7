import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readMarkdown, readPlain } from '../../documents/index.js';
import {
  ClosedError,
  type Document,
  PrecisError,
  type SuggestOptions,
  Summarizer,
  UnsupportedError,
} from '../../model/index.js';
import { tinyBundle } from './tiny.js';

// The tiny bundle's decoder copies the document's first line.
const first = 'Old relay logs are compressed after a week and deleted after 30 days.';
const rest =
  'An open incident keeps them longer. Nobody has to do anything for that, since the service looks at the list of incidents before it deletes a file.';
const plain = readPlain(`${first}\n\n${rest}`);

let precis: Summarizer;
beforeAll(async () => {
  precis = await Summarizer.load(tinyBundle, { threads: 1 });
});
afterAll(() => precis.close());

describe('suggest', () => {
  it('suggests a text with its sources in the caller’s words', async () => {
    const result = await precis.suggest(plain);
    expect(result).toMatchObject({
      suggestion: {
        text: first,
        type: 'tldr',
        sources: [{ start: 0, end: first.length, text: first }],
      },
      reason: null,
      documentType: null,
      input: { limit: 128 },
      model: { name: 'tiny', version: '0.0.1' },
      diagnostics: { candidate: first, ungrounded: [], copyShare: expect.closeTo(0.9, 5) },
    });
    const confidence = 1 / (1 + Math.exp(-(4 * -0.1 + 3)));
    expect(result.suggestion?.confidence).toBeCloseTo(confidence, 6);
    expect(result.diagnostics?.meanLogProb).toBeCloseTo(-0.1, 6);
  });

  it('names sources exactly after Markdown was taken away', async () => {
    const source = `---\nlayout: page\n---\n\n${first
      .replace('relay logs', '**relay** [logs](https://example.com)')
      .replace('30', '&#51;0')}\n\n${rest}\n`;
    const { suggestion } = await precis.suggest(readMarkdown(source));
    expect(suggestion?.text).toBe(first);
    const [named] = suggestion?.sources ?? [];
    expect(named?.text).toBe(source.slice(named?.start, named?.end));
    expect(named?.text.startsWith('Old **relay** [logs]')).toBe(true);
    expect(named?.text.endsWith('days.')).toBe(true);
  });

  it.each<[string, Document, string]>([
    ['nothing', readPlain(''), 'empty'],
    ['spaces', readPlain(' \n\t\n '), 'empty'],
    ['one sentence', readPlain('Too short.'), 'too_short'],
    ['a megabyte of one letter', readPlain('a'.repeat(1_000_000)), 'too_short'],
    ['a megabyte of lone surrogates', readPlain('\ud800'.repeat(500_000)), 'empty'],
    [
      'German',
      readPlain('Der Dienst schreibt jeden Tag ein Protokoll. '.repeat(9)),
      'unsupported_language',
    ],
    [
      'a first line without an end',
      readPlain(`Rotating the logs\n\n${first} ${rest}`),
      'unfinished',
    ],
  ])('says why there is none for %s', async (_, document, reason) => {
    const result = await precis.suggest(document);
    expect({ suggestion: result.suggestion, reason: result.reason }).toEqual({
      suggestion: null,
      reason,
    });
  });

  it('says when it did not read everything', async () => {
    const long = readPlain(`${first}\n\n${`${rest}\n\n`.repeat(400)}`);
    const { input } = await precis.suggest(long);
    expect(input).toEqual({ tokens: 128, limit: 128, truncated: true });
    expect((await precis.suggest(plain)).input.truncated).toBe(plain.source.length > 400);
  });

  it('keeps to the confidence that is asked for', async () => {
    const strict = await precis.suggest(plain, { minConfidence: 0.99 });
    expect(strict.reason).toBe('low_confidence');
    expect((await precis.suggest(plain, { minConfidence: 0.5 })).reason).toBe(null);
  });

  it('refuses what it cannot do, saying what it can', async () => {
    await expect(precis.suggest(plain, { type: 'poem' as 'tldr' })).rejects.toThrow(
      'poem short is not available; available: tldr short, tldr medium',
    );
    await expect(precis.suggest(plain, { type: 'poem' as 'tldr' })).rejects.toThrow(
      UnsupportedError,
    );
    const wrong: [unknown, unknown][] = [
      [plain, { minConfidence: 2 }],
      [plain, { minConfidence: Number.NaN }],
      [plain, { length: 'toString' }],
      [plain, { type: 'constructor' }],
      ['text', {}],
      [undefined, {}],
    ];
    for (const [document, options] of wrong) {
      const asked = precis.suggest(document as Document, options as SuggestOptions);
      await expect(asked).rejects.toThrow(PrecisError);
    }
  });

  it('stops when its signal aborts', async () => {
    const signal = AbortSignal.abort(new Error('gone'));
    await expect(precis.suggest(plain, { signal })).rejects.toThrow('gone');
    const controller = new AbortController();
    const asked = precis.suggest(plain, { signal: controller.signal });
    controller.abort(new Error('left'));
    await expect(asked).rejects.toThrow('left');
    expect((await precis.suggest(plain)).reason).toBe(null);
  });

  it('neither throws nor points outside for any text', async () => {
    const words = fc.constantFrom(
      'the',
      'log',
      'A1.',
      'is',
      '\n\n',
      '- x',
      '# y',
      '`z`',
      '\ud800',
      '\0',
      '\u{1f600}',
      '\u202e',
      '**b**',
    );
    const texts = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.array(words, { maxLength: 80 }).map((list) => list.join(' ')),
    );
    await fc.assert(
      fc.asyncProperty(texts, fc.boolean(), async (text, markdown) => {
        const document = markdown ? readMarkdown(text) : readPlain(text);
        const { suggestion, reason } = await precis.suggest(document, { minConfidence: 0 });
        expect(suggestion === null).toBe(reason !== null);
        for (const { start, end, text: slice } of suggestion?.sources ?? []) {
          expect(slice).toBe(document.source.slice(start, end));
          expect(end).toBeGreaterThan(start);
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe('suggestMany', () => {
  it('answers in order, an error at its own place', async () => {
    const items = Array.from({ length: 12 }, (_, id) => ({
      id,
      document: id === 5 ? (null as unknown as Document) : id % 2 ? plain : readPlain('Short.'),
    }));
    const seen: unknown[] = [];
    for await (const outcome of precis.suggestMany(items)) {
      const { item } = outcome;
      seen.push([item.id, 'error' in outcome ? 'error' : outcome.result.reason]);
    }
    const expected = items.map(({ id }) => [id, id === 5 ? 'error' : id % 2 ? null : 'too_short']);
    expect(seen).toEqual(expected);
  });
});

describe('life of a summarizer', () => {
  it('tells what is loaded', () => {
    expect(precis.info()).toMatchObject({
      model: { name: 'tiny', languages: ['en'], limits: { sourceTokens: 128 } },
      types: {
        tldr: ['short', 'medium'],
        headline: ['short', 'medium'],
        'key-points': ['short', 'medium'],
      },
      runtime: { workers: 1, threads: 1, longDocuments: 'first', maxWords: 200_000 },
      load: { running: 0, waiting: 0 },
    });
  });

  it('survives the death of its worker in the middle of a document', async () => {
    const two = await Summarizer.load(tinyBundle, { threads: 1, workers: 2 });
    type Inner = { pool: { slots: { thread: { kill(): Promise<void> } }[] } };
    const { slots } = (two as unknown as Inner).pool;
    const asked = Array.from({ length: 8 }, () => two.suggest(plain));
    const threads = slots.map(({ thread }) => thread);
    await Promise.all(threads.map((thread) => thread.kill()));
    for (const { suggestion } of await Promise.all(asked)) expect(suggestion?.text).toBe(first);
    expect(slots.some(({ thread }) => threads.includes(thread))).toBe(false);
    await two.close();
  });

  it('finishes its work when closed, then refuses', async () => {
    const short = await Summarizer.load(tinyBundle, { threads: 1 });
    const asked = [short.suggest(plain), short.suggest(plain)];
    await short.close();
    for (const { suggestion } of await Promise.all(asked)) expect(suggestion?.text).toBe(first);
    await expect(short.suggest(plain)).rejects.toThrow(ClosedError);
    await short.close();
  });

  it('refuses counts that make no sense', async () => {
    for (const options of [{ workers: 0 }, { threads: 1.5 }, { maxQueue: -1 }]) {
      await expect(Summarizer.load(tinyBundle, options)).rejects.toThrow(PrecisError);
    }
  });

  const dist = new URL('../../dist/', import.meta.url);
  const node = (script: string) =>
    promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], {
      cwd: fileURLToPath(dist),
      timeout: 20_000,
    });

  it('works from plain JavaScript, compiled, and lets the process end without close', async () => {
    const { stdout } = await node(`
      import { Summarizer } from '${new URL('model/index.js', dist)}';
      import { readPlain } from '${new URL('documents/index.js', dist)}';
      const precis = await Summarizer.load(${JSON.stringify(tinyBundle)}, { threads: 1 });
      const { suggestion } = await precis.suggest(readPlain(${JSON.stringify(plain.source)}));
      console.log(suggestion.text);
    `);
    expect(stdout).toBe(`${first}\n`);
  });

  it('lets the process exit in the middle of a document', async () => {
    // ONNX Runtime aborts a process that ends under it; `Latch` waits it out.
    for (const delay of [1, 3]) {
      const ended = node(`
        import { Summarizer } from '${new URL('model/index.js', dist)}';
        import { readPlain } from '${new URL('documents/index.js', dist)}';
        const precis = await Summarizer.load(${JSON.stringify(tinyBundle)}, { threads: 1 });
        for (let i = 0; i < 50; i++) precis.suggest(readPlain(${JSON.stringify(plain.source)}));
        setTimeout(() => process.exit(7), ${delay});
      `);
      await expect(ended).rejects.toMatchObject({ code: 7, stderr: '' });
    }
  });
});
