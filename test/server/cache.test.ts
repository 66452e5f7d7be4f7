import type { FastifyInstance } from 'fastify';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { buildApp } from './app.js';
import { FakeSuggester, prose } from './fake.js';

let fake: FakeSuggester;
let app: FastifyInstance;
beforeEach(async () => {
  fake = new FakeSuggester();
  // The next model counts its calls in the same place.
  const load = async () => Object.assign(new FakeSuggester(), { calls: fake.calls });
  app = await buildApp({ suggester: fake, load });
  await app.service.loaded;
});
afterEach(() => app.close());

const post = (text: string, options = {}, headers = {}) =>
  app.inject({
    method: 'POST',
    url: '/v1/summaries',
    headers,
    payload: { document: { text }, options },
  });

test('the same document with the same options is answered from the cache, with its own id', async () => {
  const [first, second] = [(await post(prose)).json(), (await post(prose)).json()];
  expect(fake.calls).toHaveLength(1);
  expect(second.suggestion.id).not.toBe(first.suggestion.id);
  expect({ ...second.suggestion, id: 0 }).toEqual({ ...first.suggestion, id: 0 });
  const figures = (await app.inject({ url: '/metrics' })).body;
  expect(figures).toContain('precis_cache_total{result="hit"} 1');
  expect(figures).toContain('precis_cache_total{result="miss"} 1');
});

test('other options, another text or another model are asked anew', async () => {
  await post(prose);
  await post(prose, { length: 'medium' });
  await post(prose, { minConfidence: 0.1 });
  await post(`${prose}More.`);
  expect(fake.calls).toHaveLength(4);
  await app.service.reload();
  await post(prose);
  expect(fake.calls).toHaveLength(5);
});

describe('a reload', () => {
  test('while a page is being read lets the new model answer it', { timeout: 60_000 }, async () => {
    const next = new FakeSuggester();
    const other = await buildApp({ suggester: fake, load: async () => next });
    await other.service.loaded;
    const text = '<article><p>The gauge measures the height of the sea every day.</p></article>';
    const payload = { document: { text, format: 'html' } };
    const asked = other.inject({ method: 'POST', url: '/v1/summaries', payload });
    await expect
      .poll(async () => (await other.inject({ url: '/metrics' })).body)
      .toContain('precis_running_documents 1');
    await other.service.reload();
    expect((await asked).statusCode).toBe(200);
    expect([fake.calls.length, next.calls.length]).toEqual([0, 1]);
    await other.close();
  });

  test('that is asked for while another runs loads what is there after it', async () => {
    const loaded: FakeSuggester[] = [];
    const load = async () => {
      const model = new FakeSuggester();
      loaded.push(model);
      return model;
    };
    const other = await buildApp({ suggester: fake, load });
    await other.service.loaded;
    const { service } = other;
    await Promise.all([service.reload(), service.reload(), service.reload()]);
    expect(loaded).toHaveLength(2);
    expect(service.current).toBe(loaded[1]);
    expect([fake.closed, loaded[0]?.closed, loaded[1]?.closed]).toEqual([true, true, false]);
    await other.close();
  });
});

test('failures are not cached', async () => {
  fake.failure = new Error('once');
  expect((await post(prose)).statusCode).toBe(500);
  fake.failure = undefined;
  expect((await post(prose)).statusCode).toBe(200);
});

describe('If-None-Match', () => {
  test('gives 304 and no work while nothing has changed', async () => {
    const { etag } = (await post(prose)).headers;
    expect(etag).toMatch(/^W\/"[\w-]+"$/);
    for (const header of [etag, `"other", ${etag}`, String(etag).slice(2)]) {
      const again = await post(prose, {}, { 'if-none-match': header });
      expect([again.statusCode, again.body]).toEqual([304, '']);
      expect(again.headers.etag).toBe(etag);
    }
    expect(fake.calls).toHaveLength(1);
  });

  test('gives an answer for a changed document or other options', async () => {
    const headers = { 'if-none-match': String((await post(prose)).headers.etag) };
    expect((await post(`${prose}More.`, {}, headers)).statusCode).toBe(200);
    expect((await post(prose, { length: 'medium' }, headers)).statusCode).toBe(200);
  });
});
