import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { requireBuilt, root } from '../built.js';
import { tinyBundle } from '../model/tiny.js';
import { buildApp } from './app.js';

/** The shipped bundle is tested when it is there, until it is committed. */
const shipped = join(root, 'model/bundle');
const bundles = [tinyBundle, shipped].filter((path) => existsSync(join(path, 'manifest.json')));

describe.each(bundles)('over HTTP, %s', (bundle) => {
  let app: FastifyInstance;
  beforeAll(async () => {
    const { Summarizer } = requireBuilt<typeof import('../../model/index.js')>('model/index.js');
    app = await buildApp({ suggester: Summarizer.load(bundle) });
    await app.service.loaded;
  });
  afterAll(() => app?.close());

  async function suggest(text: string, options = {}) {
    const payload = { document: { text }, options };
    const response = await app.inject({ method: 'POST', url: '/v1/summaries', payload });
    expect(response.statusCode, response.body).toBe(200);
    const body = response.json();
    expect(body.suggestion === null).toBe(body.reason !== null);
    return body;
  }

  test.each(['book-exchange', 'backup-restore', 'swifts-return'])(
    'examples/%s.md gets a finished sentence from its own text, or a reason',
    async (name) => {
      const text = readFileSync(join(root, 'examples', `${name}.md`), 'utf8');
      const { suggestion, input } = await suggest(text, { minConfidence: 0 });
      expect(input.tokens).toBeGreaterThan(0);
      expect(input.tokens).toBeLessThanOrEqual(input.limit);
      if (!suggestion) return;
      expect(suggestion.text).toMatch(/^.{20,400}[.!?]["')]?$/);
      expect(suggestion.sources.length).toBeGreaterThan(0);
      for (const source of suggestion.sources) {
        expect(source.text).toBe(text.slice(source.start, source.end));
      }
    },
  );

  test('the same document gives the same suggestion', async () => {
    const text = readFileSync(join(root, 'examples/book-exchange.md'), 'utf8');
    const [a, b] = [await suggest(text), await suggest(text)];
    expect({ ...b.suggestion, id: '' }).toEqual({ ...a.suggestion, id: '' });
  });

  test.each([
    ['empty', '', 'empty'],
    ['whitespace', ' \n\t \u00a0 \r\n', 'empty'],
    ['only code', '```\nmake run\n```\n', 'empty'],
    ['a fragment', 'Meeting at ten.', 'too_short'],
    [
      'German',
      'Der Verein hat beschlossen, den alten Bahnhof zu kaufen und darin eine Werkstatt für Fahrräder einzurichten. Die Mitglieder wollen das Dach noch vor dem Winter decken, damit die Arbeiten im Innern beginnen können.',
      'unsupported_language',
    ],
    [
      'Japanese',
      '駅前の古い図書館が来月から改装されます。工事は半年ほどかかる見込みで、その間は市役所の隣に仮の閲覧室が設けられます。本の貸し出しは通常どおり行われる予定です。利用者には案内が郵送されます。',
      'unsupported_language',
    ],
  ])('%s is withheld', async (_, text, reason) => {
    expect(await suggest(text)).toMatchObject({ suggestion: null, reason });
  });

  test.each([
    ['1 MB of one letter', 'a'.repeat(1_000_000)],
    ['1 MB of one word', 'word '.repeat(200_000)],
    ['200,000 newlines', '\n'.repeat(200_000)],
    ['deep nesting', '>'.repeat(50_000)],
    ['lone surrogates', '\ud800 \udfff '.repeat(500)],
    [
      'bytes as text',
      Buffer.from(Uint8Array.from({ length: 50_000 }, (_, i) => (i * 7) % 251)).toString('latin1'),
    ],
    ['control characters', '\u0000\u0001\u0002\u001b[31m'.repeat(1000)],
  ])('%s gets an answer within ten seconds', { timeout: 10_000 }, async (_, text) => {
    await suggest(text);
  });
});
