import type { FastifyInstance } from 'fastify';
import { afterEach, describe, expect, test } from 'vitest';
import { requireBuilt } from '../built.js';
import { tinyBundle } from '../model/tiny.js';
import { buildApp } from './app.js';
import { FakeSuggester, prose } from './fake.js';

let app: FastifyInstance;
afterEach(() => app.close());

const suggest = (text: string) =>
  app.inject({ method: 'POST', url: '/v1/summaries', payload: { document: { text } } });
const figures = async () => (await app.inject({ url: '/metrics' })).body;

/** Value of a series by its name and labels as they are printed. */
async function value(series: string): Promise<number> {
  const line = (await figures()).split('\n').find((each) => each.startsWith(`${series} `));
  return Number(line?.slice(series.length + 1));
}

test('every stage of a document is measured once, and not again for an answer from the cache', async () => {
  app = await buildApp({ suggester: new FakeSuggester() });
  await app.service.loaded;
  await suggest(prose);
  await suggest(prose);
  for (const [stage, seconds] of Object.entries({ encode: 0.2, decode: 0.3, gate: 0.004 })) {
    expect(await value(`precis_stage_seconds_count{stage="${stage}"}`)).toBe(1);
    expect(await value(`precis_stage_seconds_sum{stage="${stage}"}`)).toBeCloseTo(seconds, 6);
  }
  expect(await value('precis_queue_seconds_count')).toBe(1);
  expect(await value('precis_model_seconds_count')).toBe(1);
  expect(await value('precis_suggestions_total{outcome="shown"}')).toBe(2);
  expect(await value('precis_worker_restarts')).toBe(2);
  const seen = '{route="/v1/summaries",method="POST",status="200"}';
  expect(await value(`precis_request_seconds_count${seen}`)).toBe(2);
  expect(await value('nodejs_eventloop_lag_p99_seconds')).toBeGreaterThanOrEqual(0);
});

test('what is withheld and what is refused is counted by its reason', async () => {
  const fake = new FakeSuggester();
  app = await buildApp({ suggester: fake, load: () => Promise.reject(new Error('no bundle')) });
  await app.service.loaded;
  await suggest('');
  await suggest('Two words.');
  expect(await value('precis_suggestions_total{outcome="empty"}')).toBe(1);
  expect(await value('precis_suggestions_total{outcome="too_short"}')).toBe(1);
  await app.service.reload().catch(() => {});
  expect(await value('precis_reloads_total{result="failed"}')).toBe(1);
});

describe('with a bundle', () => {
  test('the stages fill the time at the model, and a worker that died is counted', {
    timeout: 60_000,
  }, async () => {
    const { Summarizer } = requireBuilt<typeof import('../../model/index.js')>('model/index.js');
    const summarizer = await Summarizer.load(tinyBundle, { workers: 1, threads: 1 });
    app = await buildApp({ suggester: summarizer, cacheBytes: 0 });
    await app.service.loaded;
    const text = prose.repeat(3);
    expect((await suggest(text)).statusCode).toBe(200);
    let sum = 0;
    for (const stage of ['tokenise', 'encode', 'decode', 'gate']) {
      const seconds = await value(`precis_stage_seconds_sum{stage="${stage}"}`);
      expect(seconds, stage).toBeGreaterThan(0);
      sum += seconds;
    }
    expect(sum).toBeLessThan(await value('precis_model_seconds_sum'));
    expect(await value('precis_worker_restarts')).toBe(0);
    // biome-ignore lint/suspicious/noExplicitAny: nobody outside may end a thread; a fault does not ask
    await (summarizer as any).pool.slots[0].thread.kill();
    expect((await suggest(text)).statusCode).toBe(200);
    expect(await value('precis_worker_restarts')).toBe(1);
  });
});
