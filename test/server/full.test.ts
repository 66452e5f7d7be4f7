import type { FastifyInstance } from 'fastify';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { buildApp } from './app.js';
import { FakeSuggester, prose } from './fake.js';

let app: FastifyInstance;
let open: () => void;
const page = `<html><body><article><h1>Tide gauge</h1><p>The gauge measures the height of the sea every six
minutes. It uses a radar.</p><p>The harbour office reads it from afar.</p></article></body></html>`;
const long = prose.repeat(40);

const ask = (text: string, format = 'markdown') =>
  app.inject({ method: 'POST', url: '/v1/summaries', payload: { document: { text, format } } });

/** Two documents at the model, one waits: there is no room for another. */
beforeEach(async () => {
  const fake = new FakeSuggester();
  app = await buildApp({ suggester: fake, queueTokens: 600 });
  await app.service.loaded;
  expect((await ask(page, 'html')).statusCode).toBe(200);
  fake.gate = new Promise((resolve) => {
    open = resolve;
  });
  for (const name of ['one', 'two', 'three']) void ask(`${long}${name}`);
  await vi.waitFor(() => expect(fake.calls).toHaveLength(3), { timeout: 10_000 });
}, 60_000);
afterEach(async () => {
  open();
  await app.close();
});

const refused = (response: Awaited<ReturnType<typeof ask>>) => {
  expect([response.statusCode, response.json().error.code]).toEqual([429, 'busy']);
  expect(Number(response.headers['retry-after'])).toBeGreaterThanOrEqual(1);
};

test('every route that runs the model answers 429 with the time after which to try again', async () => {
  refused(await ask(long));
  refused(await ask(`${page.repeat(30)}`, 'html'));
  const hub = { method: 'POST', url: '/models/precis', payload: { inputs: long } } as const;
  refused(await app.inject(hub));
  const { body } = await app.inject({
    method: 'POST',
    url: '/v1/summaries/batch',
    headers: { 'content-type': 'application/x-ndjson' },
    payload: `${JSON.stringify({ id: 1, text: long })}\n`,
  });
  expect(JSON.parse(body)).toMatchObject({ id: 1, error: { code: 'busy' } });
});

test('a file is refused before it is read: what is wrong with it is not found out', async () => {
  const form = new FormData();
  form.set('file', new Blob(['%PDF-1.7 nothing behind it']), 'x.pdf');
  const encoded = new Response(form);
  const response = await app.inject({
    method: 'POST',
    url: '/v1/summaries',
    headers: { 'content-type': String(encoded.headers.get('content-type')) },
    payload: Buffer.from(await encoded.arrayBuffer()),
  });
  refused(response);
});

test('what is in the cache is still answered', async () => {
  expect((await ask(page, 'html')).statusCode).toBe(200);
});
