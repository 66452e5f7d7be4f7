import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { ClosedError, QueueFullError, WorkerError } from '../../model/index.js';
import { Pool } from '../../model/pool.js';

interface Job {
  sleep?: number;
  crash?: boolean;
  crashOnce?: string;
  fail?: string;
  answer?: number;
}

const entry = new URL('fixtures/worker.mjs', import.meta.url);
let pool: Pool<Job, number>;
const start = async (size = 1, maxQueue = 8, setup: unknown = {}) => {
  const queue = { jobs: maxQueue, tokens: 1000 };
  pool = await Pool.start<Job, number>({ entry, setup, size, queue });
  return pool;
};
afterEach(() => pool?.close());

describe('Pool', () => {
  it('does jobs side by side and one after the other', async () => {
    const { run } = { run: (await start(2)).run.bind(pool) };
    const answers = await Promise.all([1, 2, 3, 4, 5].map((answer) => run({ answer, sleep: 5 })));
    expect(answers).toEqual([1, 2, 3, 4, 5]);
    expect([pool.load.running, pool.load.waiting]).toEqual([0, 0]);
  });

  it('fails a job without losing the thread', async () => {
    await start();
    await expect(pool.run({ fail: 'no such thing' })).rejects.toThrow(WorkerError);
    expect(await pool.run({ answer: 2 })).toBe(2);
  });

  it('replaces a thread that died and does its job once more', async () => {
    await start();
    const crashOnce = join(await mkdtemp(join(tmpdir(), 'precis-pool-')), 'crashed');
    const answers = [pool.run({ crashOnce, answer: 1 }), pool.run({ answer: 2 })];
    expect(await Promise.all(answers)).toEqual([1, 2]);
  });

  it('gives up on a job that kills two threads, and goes on', async () => {
    await start();
    const fatal = pool.run({ crash: true });
    const next = pool.run({ answer: 2 });
    await expect(fatal).rejects.toThrow('two worker threads died over this document');
    expect(await next).toBe(2);
  });

  it('refuses what its queue cannot hold', async () => {
    await start(1, 2);
    const admitted = [1, 2, 3].map((answer) => pool.run({ answer, sleep: 10 }));
    await expect(pool.run({ answer: 4 })).rejects.toThrow(QueueFullError);
    const bounded = pool.run({ answer: 5 }, { unbounded: true });
    expect(await Promise.all([...admitted, bounded])).toEqual([1, 2, 3, 5]);
    expect(await pool.run({ answer: 6 })).toBe(6);
  });

  it('tells how much waits and how fast it goes', async () => {
    await start();
    expect(pool.load).toEqual({
      running: 0,
      waiting: 0,
      waitingTokens: 0,
      tokensPerSecond: null,
      secondsToWait: null,
    });
    const jobs = [100, 200, 300].map((cost) => pool.run({ answer: cost, sleep: 10 }, { cost }));
    expect(pool.load).toMatchObject({ running: 1, waiting: 2, waitingTokens: 500 });
    await expect(pool.run({ answer: 0 }, { cost: 501 })).rejects.toThrow('2 documents are waiting');
    await Promise.all(jobs);
    const { tokensPerSecond, secondsToWait } = pool.load;
    expect(tokensPerSecond).toBeGreaterThan(100);
    expect(tokensPerSecond).toBeLessThan(40_000);
    expect(secondsToWait).toBe(0);
  });

  it('says when to come back once it knows its pace', async () => {
    await start(1, 1);
    await pool.run({ answer: 1, sleep: 20 }, { cost: 100 });
    const jobs = [1, 2].map((answer) => pool.run({ answer, sleep: 20 }, { cost: 100 }));
    const refused = await pool.run({ answer: 3 }).catch((error: QueueFullError) => error);
    expect((refused as QueueFullError).retryAfter).toBeGreaterThan(0.015);
    await Promise.all(jobs);
  });

  it('drops a waiting job and stops a running one when aborted', async () => {
    await start();
    const controllers = [new AbortController(), new AbortController()];
    const [running, waiting] = controllers.map(({ signal }) =>
      pool.run({ sleep: 60_000 }, { signal }),
    );
    const last = pool.run({ answer: 3 });
    expect([pool.load.running, pool.load.waiting]).toEqual([1, 2]);
    controllers[1]?.abort(new Error('not wanted'));
    await expect(waiting).rejects.toThrow('not wanted');
    expect(pool.load.waiting).toBe(1);
    controllers[0]?.abort(new Error('nor this'));
    await expect(running).rejects.toThrow('nor this');
    expect(await last).toBe(3);
    const aborted = AbortSignal.abort(new Error('before'));
    await expect(pool.run({ answer: 4 }, { signal: aborted })).rejects.toThrow('before');
  });

  it('finishes what was admitted when closed, and admits nothing more', async () => {
    await start();
    const admitted = [1, 2, 3].map((answer) => pool.run({ answer, sleep: 5 }));
    const closed = pool.close();
    await expect(pool.run({ answer: 4 })).rejects.toThrow(ClosedError);
    expect(await Promise.all(admitted)).toEqual([1, 2, 3]);
    await closed;
    await pool.close();
  });

  it('reports a set-up that failed', async () => {
    await expect(start(2, 8, { broken: 'no weights' })).rejects.toThrow('no weights');
  });
});
