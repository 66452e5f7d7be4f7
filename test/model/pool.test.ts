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
  pool = await Pool.start<Job, number>({ entry, setup, size, maxQueue });
  return pool;
};
afterEach(() => pool?.close());

describe('Pool', () => {
  it('does jobs side by side and one after the other', async () => {
    const { run } = { run: (await start(2)).run.bind(pool) };
    const answers = await Promise.all([1, 2, 3, 4, 5].map((answer) => run({ answer, sleep: 5 })));
    expect(answers).toEqual([1, 2, 3, 4, 5]);
    expect([pool.running, pool.waiting]).toEqual([0, 0]);
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

  it('drops a waiting job and stops a running one when aborted', async () => {
    await start();
    const controllers = [new AbortController(), new AbortController()];
    const [running, waiting] = controllers.map(({ signal }) =>
      pool.run({ sleep: 60_000 }, { signal }),
    );
    const last = pool.run({ answer: 3 });
    expect([pool.running, pool.waiting]).toEqual([1, 2]);
    controllers[1]?.abort(new Error('not wanted'));
    await expect(waiting).rejects.toThrow('not wanted');
    expect(pool.waiting).toBe(1);
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
