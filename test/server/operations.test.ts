import { once } from 'node:events';
import { request as httpRequest } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { buildApp } from './app.js';
import { FakeSuggester, prose } from './fake.js';

let app: FastifyInstance;
afterEach(() => app.close());

const get = async (url: string) => {
  const response = await app.inject({ method: 'GET', url });
  return { status: response.statusCode, headers: response.headers, body: response.json() };
};

describe('with the model loaded', () => {
  test('/health/live and /health/ready answer 200', async () => {
    app = await buildApp({ suggester: new FakeSuggester() });
    await app.service.loaded;
    expect(await get('/health/live')).toMatchObject({ status: 200, body: { status: 'ok' } });
    expect(await get('/health/ready')).toMatchObject({ status: 200, body: { status: 'ready' } });
  });

  test('/v1/info says what can be asked for', async () => {
    app = await buildApp({ suggester: new FakeSuggester(), bodyBytes: 1234 });
    await app.service.loaded;
    expect((await get('/v1/info')).body).toEqual({
      service: { name: 'precis', version: expect.stringMatching(/^\d+\.\d+\.\d+/) },
      model: {
        name: 'fake',
        version: '1.0.0',
        created: '2026-01-01',
        licence: 'Apache-2.0',
        languages: ['en'],
      },
      types: { tldr: ['short', 'medium'] },
      formats: ['markdown', 'plain', 'html'],
      limits: { sourceTokens: 512, bodyBytes: 1234 },
    });
  });
});

test('while the model loads only /health/live answers, the rest 503', async () => {
  let finish: (fake: FakeSuggester) => void = () => {};
  const suggester = new Promise<FakeSuggester>((resolve) => {
    finish = resolve;
  });
  app = await buildApp({ suggester });
  expect((await get('/health/live')).status).toBe(200);
  for (const url of ['/health/ready', '/v1/info']) {
    const { status, headers, body } = await get(url);
    expect(status).toBe(503);
    expect(body).toEqual({
      error: { code: 'loading', message: expect.any(String) },
      requestId: expect.any(String),
    });
    expect(headers['retry-after']).toBe('1');
  }
  const early = await app.inject({
    method: 'POST',
    url: '/v1/summaries',
    payload: { document: { text: prose } },
  });
  expect(early.statusCode).toBe(503);
  // Not 422: nobody reads a file before there is a model for it.
  const file = await app.inject({
    method: 'POST',
    url: '/v1/summaries',
    headers: { 'content-type': 'multipart/form-data; boundary=x' },
    payload:
      '--x\r\ncontent-disposition: form-data; name="file"; filename="x.pdf"\r\n\r\nx\r\n--x--\r\n',
  });
  expect([file.statusCode, file.json().error.code]).toEqual([503, 'loading']);
  finish(new FakeSuggester());
  await app.service.loaded;
  expect((await get('/health/ready')).status).toBe(200);
});

test('a model that cannot be loaded leaves the service unready, not crashed', async () => {
  app = await buildApp({ suggester: Promise.reject(new Error('encoder.onnx: sha256 differs')) });
  await expect(app.service.loaded).rejects.toThrow('encoder.onnx');
  expect((await get('/health/ready')).status).toBe(503);
});

describe('over a socket', () => {
  async function listen(fake: FakeSuggester): Promise<number> {
    app = await buildApp({ suggester: fake });
    await app.service.loaded;
    await app.listen({ host: '127.0.0.1', port: 0 });
    return (app.server.address() as AddressInfo).port;
  }

  function post(port: number) {
    const request = httpRequest({
      port,
      host: '127.0.0.1',
      path: '/v1/summaries',
      method: 'POST',
      headers: { 'content-type': 'application/json' },
    });
    request.end(JSON.stringify({ document: { text: prose } }));
    return request;
  }

  test('closing finishes the requests under way, then closes the model', async () => {
    const fake = new FakeSuggester();
    let open: () => void = () => {};
    fake.gate = new Promise((resolve) => {
      open = resolve;
    });
    const request = post(await listen(fake));
    const response = once(request, 'response');
    await vi.waitFor(() => expect(fake.calls).toHaveLength(1), { timeout: 10_000 });
    const closed = app.close();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(fake.closed).toBe(false);
    open();
    const [message] = await response;
    expect(message.statusCode).toBe(200);
    message.resume();
    await closed;
    expect(fake.closed).toBe(true);
  });

  test('a request on an open connection while closing is answered 503', async () => {
    const fake = new FakeSuggester();
    await listen(fake);
    app.service.drain();
    expect(await get('/health/ready')).toMatchObject({
      status: 503,
      body: { error: { code: 'draining' } },
    });
  });

  test('a client that goes away cancels its work', async () => {
    const fake = new FakeSuggester();
    fake.gate = new Promise(() => {});
    const request = post(await listen(fake));
    request.on('error', () => {});
    await vi.waitFor(() => expect(fake.calls).toHaveLength(1), { timeout: 10_000 });
    request.destroy();
    await vi.waitFor(() => expect(fake.calls[0]?.options?.signal?.aborted).toBe(true), {
      timeout: 10_000,
    });
  });
});
