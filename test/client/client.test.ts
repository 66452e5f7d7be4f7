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
  const code =
    readFileSync(built('client/index.js'), 'utf8') + readFileSync(built('client/lines.js'), 'utf8');
  const imports = [...code.matchAll(/^import .* from '(.+)';$/gm)].map(([, name]) => name);
  expect(imports).toEqual(['./lines.js']);
});
