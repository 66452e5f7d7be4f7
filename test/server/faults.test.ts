import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import type { FastifyInstance } from 'fastify';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { requireBuilt } from '../built.js';
import { tinyBundle } from '../model/tiny.js';
import { buildApp } from './app.js';
import { FakeSuggester, prose } from './fake.js';
import { binaries, missing, startPostgres } from './postgres.js';

const { openDatabase } =
  requireBuilt<typeof import('../../server/feedback/open.js')>('server/feedback/open.js');

let app: FastifyInstance;
afterEach(async () => {
  vi.useRealTimers();
  await app?.close();
});

const suggest = (text: string) =>
  app.inject({ method: 'POST', url: '/v1/summaries', payload: { document: { text } } });
const give = (suggestionId: string) =>
  app.inject({
    method: 'POST',
    url: '/v1/feedback',
    payload: { suggestionId, action: 'accepted' },
  });

test('a worker thread killed under load fails no request', { timeout: 60_000 }, async () => {
  const { Summarizer } = requireBuilt<typeof import('../../model/index.js')>('model/index.js');
  const summarizer = await Summarizer.load(tinyBundle, { workers: 2, threads: 1 });
  app = await buildApp({ suggester: summarizer, cacheBytes: 0 });
  await app.service.loaded;
  // biome-ignore lint/suspicious/noExplicitAny: nobody outside may end a thread; a fault does not ask
  const { slots } = (summarizer as any).pool;
  const all = Array.from({ length: 30 }, (_, i) => suggest(`${prose.repeat(3)} Number ${i}.`));
  let killed = 0;
  const killer = setInterval(() => {
    if (killed < 3) void slots[killed++ % 2].thread?.kill();
  }, 30);
  for (const response of await Promise.all(all)) expect(response.statusCode).toBe(200);
  clearInterval(killer);
  expect(killed).toBeGreaterThan(0);
  expect((await suggest(prose)).statusCode).toBe(200);
});

describe.skipIf(missing('postgresql', binaries))('a database that goes away', () => {
  test('costs feedback a 503 and suggestions nothing; nothing acknowledged is lost', {
    timeout: 120_000,
  }, async () => {
    const postgres = await startPostgres();
    try {
      const place = { data: '', databaseUrl: postgres.url };
      app = await buildApp({
        suggester: new FakeSuggester(),
        openDatabase: () => openDatabase(place),
      });
      await app.service.loaded;
      const before = (await suggest(`${prose}Before.`)).json().suggestion.id;
      expect((await give(before)).statusCode).toBe(201);
      await postgres.pause();
      const during = await suggest(`${prose}During.`);
      expect(during.statusCode).toBe(200);
      const refused = await give(during.json().suggestion.id);
      expect([refused.statusCode, refused.json().error.code]).toEqual([
        503,
        'feedback_unavailable',
      ]);
      expect(refused.body).not.toMatch(/ECONN|127\.0\.0\.1|postgres:/);
      expect((await app.inject({ url: '/health/ready' })).statusCode).toBe(200);
      await postgres.resume();
      const { id } = during.json().suggestion;
      await expect.poll(async () => (await give(id)).statusCode, { timeout: 30_000 }).toBe(201);
      const report = async () => (await app.inject({ url: '/v1/feedback/report' })).json();
      await expect
        .poll(async () => (await report()).total, { timeout: 30_000 })
        .toMatchObject({
          shown: 2,
          accepted: 2,
        });
      expect((await report()).unmatched).toBe(0);
    } finally {
      await app.close();
      await postgres.stop();
    }
  });
});

test('a clock that jumps forth and back changes nothing', async () => {
  const fake = new FakeSuggester();
  app = await buildApp({ suggester: fake, deadlineSeconds: 60 });
  await app.service.loaded;
  vi.useFakeTimers({ toFake: ['Date'] });
  for (const year of [2050, 1990, 2027]) {
    let open: () => void = () => {};
    fake.gate = new Promise((resolve) => {
      open = resolve;
    });
    const before = fake.calls.length;
    const underWay = suggest(`${prose} Since ${year}.`);
    await vi.waitFor(() => expect(fake.calls).toHaveLength(before + 1), { timeout: 10_000 });
    vi.setSystemTime(new Date(`${year}-01-01`));
    open();
    expect((await underWay).statusCode).toBe(200);
    expect((await suggest(`${prose} In ${year}.`)).statusCode).toBe(200);
  }
  expect((await app.inject({ url: '/health/ready' })).statusCode).toBe(200);
});

describe('a slow-loris client', () => {
  async function listen() {
    app = await buildApp({ suggester: new FakeSuggester(), bodySeconds: 1 });
    await app.service.loaded;
    await app.listen({ host: '127.0.0.1', port: 0 });
    return (app.server.address() as AddressInfo).port;
  }

  const head = 'POST /v1/summaries HTTP/1.1\r\nHost: x\r\n';
  const json = 'Content-Type: application/json\r\nContent-Length: 1000\r\n\r\n';
  const batch =
    'POST /v1/summaries/batch HTTP/1.1\r\nHost: x\r\nContent-Type: application/x-ndjson\r\nContent-Length: 1000\r\n\r\n';

  test.each([
    ['headers', head, 'X'],
    ['a body', head + json, ' '],
    ['a batch that stops', batch, ''],
  ])('that trickles %s is cut off while others are answered', async (_, opening, drop) => {
    const port = await listen();
    const sockets = Array.from({ length: 50 }, () => connect(port, '127.0.0.1'));
    let closed = 0;
    for (const socket of sockets) {
      socket.on('error', () => {});
      socket.on('close', () => closed++);
      socket.resume().write(opening);
    }
    const trickle = setInterval(() => {
      if (drop) for (const socket of sockets) if (socket.writable) socket.write(drop);
    }, 100);
    const response = await fetch(`http://127.0.0.1:${port}/v1/summaries`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ document: { text: prose } }),
    });
    expect(response.status).toBe(200);
    await expect.poll(() => closed, { timeout: 15_000 }).toBe(50);
    clearInterval(trickle);
  });

  test('a batch that goes on slowly is not one', async () => {
    const port = await listen();
    const socket = connect(port, '127.0.0.1');
    let answer = '';
    socket.setEncoding('utf8').on('data', (text) => {
      answer += text;
    });
    const line = `${JSON.stringify({ id: 1, text: prose })}\n`;
    socket.write(
      batch.replace('1000', String(line.length)).replace('Host', 'Connection: close\r\nHost'),
    );
    for (const character of line.match(/.{1,20}/gs) ?? []) {
      socket.write(character);
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
    await vi.waitFor(() => expect(answer).toContain('}'), { timeout: 10_000 });
    socket.destroy();
    expect(answer).toContain('"id":1,"suggestion":{');
  });
});
