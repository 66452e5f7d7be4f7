import type { FastifyInstance } from 'fastify';
import { afterEach, describe, expect, test } from 'vitest';
import { buildApp } from './app.js';
import { FakeSuggester, prose } from './fake.js';

let app: FastifyInstance;
afterEach(() => app.close());

async function start(options = {}) {
  app = await buildApp({ suggester: new FakeSuggester(), ...options });
  await app.service.loaded;
}

const page = 'https://editor.example';
const post = (headers: Record<string, string>) =>
  app.inject({
    method: 'POST',
    url: '/v1/summaries',
    headers,
    payload: { document: { text: prose } },
  });
const preflight = (origin: string) =>
  app.inject({
    method: 'OPTIONS',
    url: '/v1/summaries',
    headers: { origin, 'access-control-request-method': 'POST' },
  });

describe('web pages of other origins', () => {
  test('may not read anything unless they are named', async () => {
    await start();
    expect((await post({ origin: page })).headers['access-control-allow-origin']).toBeUndefined();
    expect((await preflight(page)).headers['access-control-allow-origin']).toBeUndefined();
  });

  test('may when they are, and see the headers that the client needs', async () => {
    await start({ corsOrigins: [page] });
    const { headers } = await post({ origin: page });
    expect(headers['access-control-allow-origin']).toBe(page);
    expect(headers['access-control-expose-headers']).toMatch(/etag.*retry-after/);
    expect((await preflight(page)).headers['access-control-allow-methods']).toContain('POST');
    const other = await post({ origin: 'https://editor.example.evil' });
    expect(other.headers['access-control-allow-origin']).not.toBe('https://editor.example.evil');
  });
});

test('every answer carries the headers that keep browsers careful', async () => {
  await start();
  for (const url of ['/v1/info', '/docs/', '/nowhere']) {
    const { headers } = await app.inject({ url });
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(headers['content-security-policy']).toMatch(/default-src 'self'/);
    expect(headers['content-security-policy']).not.toContain('upgrade-insecure-requests');
    expect(headers['x-powered-by']).toBeUndefined();
  }
});

test('a deadline that passes is 503 timeout at once, and its document is not worked on', async () => {
  const fake = new FakeSuggester();
  fake.gate = new Promise(() => {});
  await start({ suggester: fake, deadlineSeconds: 1 });
  const late = await post({});
  expect([late.statusCode, late.json().error.code]).toEqual([503, 'timeout']);
  expect(fake.calls[0]?.options?.signal?.aborted).toBe(true);
  const sooner = await post({ prefer: 'wait=0' });
  expect(sooner.headers['preference-applied']).toBe('wait=0');
  expect(sooner.json().error.code).toBe('timeout');
});
