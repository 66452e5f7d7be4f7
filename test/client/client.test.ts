import { readFileSync } from 'node:fs';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PrecisClient, PrecisError } from '../../client/index.js';
import { built } from '../built.js';
import { buildApp } from '../server/app.js';
import { FakeSuggester, prose } from '../server/fake.js';

let app: FastifyInstance;
let fake: FakeSuggester;
let client: PrecisClient;
beforeAll(async () => {
  fake = new FakeSuggester();
  app = await buildApp({ suggester: fake });
  await app.service.loaded;
  client = new PrecisClient({ url: await app.listen({ host: '127.0.0.1', port: 0 }) });
});
afterAll(() => app.close());

test('suggests, and tells when its answer is still the one', async () => {
  const { summary, etag } = await client.suggest({ text: prose }, { options: { length: 'short' } });
  expect(summary?.suggestion?.text).toMatch(/^The gauge/);
  const options = { length: 'short' } as const;
  expect(await client.suggest({ text: prose }, { options, etag: String(etag) })).toEqual({
    summary: null,
    etag,
  });
});

test('gives the answers of a batch as they come', async () => {
  const rows = [];
  const items = [
    { id: 1, text: prose },
    { id: 'zwei', text: 'Short.' },
  ];
  for await (const row of client.batch(items, { options: { minConfidence: 0.1 } })) rows.push(row);
  expect(rows).toMatchObject([
    { id: 1, suggestion: { confidence: 0.75 } },
    { id: 'zwei', suggestion: null, reason: 'too_short' },
  ]);
});

test('options of a batch may be explained, and left undefined', async () => {
  const options = { explain: true, minConfidence: undefined };
  const rows = [];
  for await (const row of client.batch([{ id: 1, text: `${prose}?` }], { options })) rows.push(row);
  expect(rows).toMatchObject([{ id: 1, reason: null }]);
  expect(fake.calls.at(-1)?.options).toMatchObject({ explain: true });
});

describe('a file', () => {
  const page = `<article><h1>Tide gauge</h1><p>The gauge measures the height of the sea every six minutes.
    It uses a radar.</p><p>The harbour office reads it from afar.</p></article>`;

  test('is summarised, with its title and options, under the name that it has', async () => {
    const file = new File([prose], 'gauge.md');
    const options = { length: 'medium', minConfidence: 0.1, explain: false } as const;
    const { summary, etag } = await client.suggestFile(file, { title: 'Sea level', options });
    expect(summary?.suggestion?.text).toMatch(/^The gauge/);
    const [source] = summary?.suggestion?.sources ?? [];
    expect(source?.text).toBe(prose.slice(source?.start, source?.end));
    expect(fake.calls.at(-1)?.options).toMatchObject(options);
    expect(fake.calls.at(-1)?.document.title).toBe('Sea level');
    const again = { title: 'Sea level', options, etag: String(etag) };
    expect((await client.suggestFile(file, again)).summary).toBeNull();
  });

  test('without a name is what its bytes or its format say', { timeout: 60_000 }, async () => {
    const blob = new Blob([page]);
    const { summary } = await client.suggestFile(blob, { format: 'html' });
    expect(summary?.suggestion?.text).toMatch(/The gauge measures|The harbour office/);
    const content = await client.read(blob, { name: 'gauge.html' });
    expect(content).toMatchObject({ format: 'html', truncated: false });
  });

  test('that cannot be read is an error that says why', { timeout: 60_000 }, async () => {
    const broken = new File(['%PDF-1.7 nothing behind it'], 'x.pdf');
    const error = await client.suggestFile(broken).catch((e) => e);
    expect(error).toMatchObject({ status: 422, extras: { details: [{ field: 'file' }] } });
  });
});

describe('errors', () => {
  test('have status, code and details', async () => {
    const error = await client.suggest({ text: 7 as never }).catch((e) => e);
    expect(error).toBeInstanceOf(PrecisError);
    expect(error).toMatchObject({
      status: 422,
      code: 'invalid',
      extras: { details: [{ field: 'document.text' }], requestId: expect.any(String) },
    });
  });

  test('say when to try again', async () => {
    const suggestionId = '3b241101-e2bb-4255-8caf-4136c566a962';
    const error = await client.feedback({ suggestionId, action: 'accepted' }).catch((e) => e);
    expect(error).toMatchObject({
      status: 503,
      code: 'feedback_unavailable',
      extras: { retryAfter: 5 },
    });
  });

  test('a deadline that passes is `timeout`', async () => {
    fake.gate = new Promise(() => {});
    const error = await client.suggest({ text: `${prose}!` }, { wait: 0 }).catch((e) => e);
    expect(error).toMatchObject({ status: 503, code: 'timeout' });
  });
});

test('describes the service', async () => {
  expect((await client.info()).model.name).toBe('fake');
});

test('runs in a browser: it imports nothing but itself', () => {
  const names = ['index', 'error', 'lines'];
  const code = names.map((name) => readFileSync(built(`client/${name}.js`), 'utf8')).join('\n');
  const imports = [...code.matchAll(/^(?:import|export) .* from '(.+)';$/gm)];
  expect(new Set(imports.map(([, name]) => name))).toEqual(new Set(['./error.js', './lines.js']));
  expect(code).not.toMatch(/\b(process|Buffer|require)\b/);
});
