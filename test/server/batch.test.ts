import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { buildApp } from './app.js';
import { FakeSuggester, prose } from './fake.js';

let fake: FakeSuggester;
let app: FastifyInstance;
beforeEach(async () => {
  fake = new FakeSuggester();
  app = await buildApp({ suggester: fake, bodyBytes: 10_000, queueTokens: 600 });
  await app.service.loaded;
});
afterEach(() => app.close());

async function batch(payload: string | Buffer, query = '', type = 'application/x-ndjson') {
  const url = `/v1/summaries/batch${query}`;
  const headers = { 'content-type': type };
  const response = await app.inject({ method: 'POST', url, headers, payload });
  const rows = response.body
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
  return { status: response.statusCode, headers: response.headers, rows };
}
const line = (id: unknown, text = `${id}. ${prose}`) => `${JSON.stringify({ id, text })}\n`;

test('a line in, a line out, in order, whatever is wrong with one of them', async () => {
  const { status, headers, rows } = await batch(
    [
      line('a'),
      '{"id": "cut", "te\n',
      '\n',
      '{"id": 7}\n',
      '{"id": "rtf", "text": "x", "format": "rtf"}\n',
      line('long', 'x'.repeat(20_000)),
      line('b').trim(),
    ].join(''),
    '?length=medium',
  );
  expect(status).toBe(200);
  expect(headers['content-type']).toBe('application/x-ndjson');
  expect(rows.map((row) => [row.id, row.error?.code ?? 'ok'])).toEqual([
    ['a', 'ok'],
    [null, 'malformed'],
    [7, 'invalid'],
    ['rtf', 'invalid'],
    [null, 'too_large'],
    ['b', 'ok'],
  ]);
  expect(rows[0]).toMatchObject({ suggestion: { type: 'tldr' }, documentHash: expect.any(String) });
  expect(fake.calls[0]?.options).toMatchObject({ length: 'medium' });
});

test('an empty batch has an empty answer', async () => {
  expect(await batch('')).toMatchObject({ status: 200, rows: [] });
});

test('options are checked before the first line', async () => {
  expect((await batch(line(1), '?length=long')).status).toBe(422);
  expect((await batch(line(1), '?type=headline')).status).toBe(422);
  expect((await batch(line(1), '?minConfidense=1')).status).toBe(422);
  expect((await batch(line(1), '', 'application/json')).status).toBe(415);
});

test('a batch alone never finds the queue full, however long it is', async () => {
  const { rows } = await batch(Array.from({ length: 200 }, (_, i) => line(i)).join(''));
  expect(rows.map((row) => row.id)).toEqual(Array.from({ length: 200 }, (_, i) => i));
  expect(rows.every((row) => row.suggestion)).toBe(true);
});

test('when others fill the queue its lines are refused one by one, and single requests as well', async () => {
  let open: () => void = () => {};
  fake.gate = new Promise((resolve) => {
    open = resolve;
  });
  const long = (i: number) =>
    app.inject({
      method: 'POST',
      url: '/v1/summaries',
      payload: { document: { text: `${i} ${'word '.repeat(200)}` } },
    });
  // Two at the model, two waiting: 500 of 600 tokens.
  const held = [1, 2, 3, 4].map(long);
  await vi.waitFor(async () =>
    expect((await app.inject({ url: '/metrics' })).body).toContain('precis_queue_documents 2'),
  );
  const { rows } = await batch(
    line('big', 'word '.repeat(200)) + line('bigger', 'word '.repeat(500)),
  );
  expect(rows.map((row) => row.error)).toEqual([
    { code: 'busy', message: expect.any(String), retryAfter: expect.any(Number) },
    { code: 'busy', message: expect.any(String), retryAfter: expect.any(Number) },
  ]);
  const single = await long(5);
  expect(single.statusCode).toBe(429);
  expect(Number(single.headers['retry-after'])).toBeGreaterThanOrEqual(1);
  const hub = await app.inject({
    method: 'POST',
    url: '/models/precis',
    payload: { inputs: 'word '.repeat(200) },
  });
  expect(hub.statusCode).toBe(429);
  open();
  for (const { statusCode } of await Promise.all(held)) expect(statusCode).toBe(200);
});

test('answers come while lines still arrive, and a client that leaves ends the work', async () => {
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;
  const request = httpRequest({
    port,
    host: '127.0.0.1',
    method: 'POST',
    path: '/v1/summaries/batch',
    headers: { 'content-type': 'application/x-ndjson' },
  });
  request.on('error', () => {});
  request.write(line('first'));
  const [response] = await once(request, 'response');
  const [chunk] = await once(response, 'data');
  expect(JSON.parse(String(chunk)).id).toBe('first');
  fake.gate = new Promise(() => {});
  request.write(line('second'));
  await vi.waitFor(() => expect(fake.calls).toHaveLength(2), { timeout: 10_000 });
  request.destroy();
  await vi.waitFor(() => expect(fake.calls[1]?.options?.signal?.aborted).toBe(true), {
    timeout: 10_000,
  });
});
