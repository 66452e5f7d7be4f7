import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { buildApp } from './app.js';
import { FakeSuggester } from './fake.js';

let app: FastifyInstance;
beforeAll(async () => {
  app = await buildApp({ suggester: new FakeSuggester() });
});
afterAll(() => app.close());

const get = (url: string, headers = {}) => app.inject({ url, headers });

test('pages run their own scripts and styles only, and are asked for each time', async () => {
  for (const url of ['/', '/admin']) {
    const { statusCode, headers } = await get(url);
    expect(statusCode, url).toBe(200);
    expect(headers['content-type']).toContain('text/html');
    expect(headers['cache-control']).toBe('no-cache');
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("default-src 'none'");
    expect(policy).not.toMatch(/(script|style)-src [^;]*'unsafe-inline'/);
    expect(policy).not.toMatch(/https?:/);
  }
});

test('assets are kept for ever under the name of their content, and come compressed', async () => {
  const { body } = await get('/');
  const asset = /\.\/(assets\/[^"]+\.js)/.exec(body)?.[1];
  const { headers, rawPayload } = await get(`/${asset}`, { 'accept-encoding': 'br' });
  expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
  expect(headers['content-encoding']).toBe('br');
  // The goal of issue 10, for all of the first load; the style sheet has some 3 kB.
  expect(rawPayload.length).toBeLessThan(190_000);
  const component = await get('/precis-suggestion.js', { 'accept-encoding': 'gzip' });
  expect(component.headers['cache-control']).toBe('no-cache');
  expect(component.rawPayload.length).toBeLessThan(40_000);
});

test('the API is not shadowed: what is no file and no route is a 404 in its shape', async () => {
  for (const url of [
    '/v1',
    '/nothing',
    '/assets/nothing.js',
    '/../package.json',
    '/index.html.br',
  ]) {
    const response = await get(url);
    expect(response.statusCode, url).toBe(404);
    expect(response.json().error.code).toBe('not_found');
  }
  expect((await get('/v1/info')).headers['content-type']).toContain('application/json');
  expect((await get('/openapi.json')).statusCode).toBe(200);
});
