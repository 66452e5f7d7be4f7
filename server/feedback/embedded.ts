import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Database, Row } from './database.js';

interface Answer {
  id: number;
  rows?: Row[][];
  error?: { message: string; code?: string };
}

interface Waiting {
  resolve(rows: Row[][]): void;
  reject(error: Error): void;
}

/**
 * PostgreSQL in a folder, without a server, for one process at a time: lock the folder before.
 *
 * @throws Error when the folder cannot be written.
 */
export async function openEmbedded(data: string, signal?: AbortSignal): Promise<Database> {
  await mkdir(data, { recursive: true });
  const worker = new Worker(new URL('./embedded-worker.js', import.meta.url), {
    workerData: { folder: join(data, 'feedback') },
    execArgv: [],
  });
  const waiting = new Map<number, Waiting>();
  let lost: Error | undefined;
  const lose = (error: Error) => {
    lost ??= error;
    for (const { reject } of waiting.values()) reject(lost);
    waiting.clear();
  };
  const exited = once(worker, 'exit').catch(() => {});
  worker.on('error', lose);
  worker.on('exit', () => lose(new Error('the embedded database has ended')));
  // Making the files takes seconds: whoever wants to end meanwhile does not wait for it.
  const stop = () => void worker.terminate();
  signal?.addEventListener('abort', stop, { once: true });
  await new Promise<void>((resolve, reject) => {
    worker.once('message', () => resolve());
    worker.once('error', reject);
    worker.once('exit', () => reject(lost));
  });
  signal?.removeEventListener('abort', stop);
  worker.on('message', ({ id, rows, error }: Answer) => {
    const caller = waiting.get(id);
    waiting.delete(id);
    if (rows) caller?.resolve(rows);
    else caller?.reject(Object.assign(new Error(error?.message), { code: error?.code }));
  });

  let count = 0;
  return {
    get lost() {
      return lost !== undefined;
    },
    transaction(statements) {
      if (lost) return Promise.reject(lost);
      return new Promise((resolve, reject) => {
        const id = ++count;
        waiting.set(id, { resolve, reject });
        worker.postMessage({ id, statements });
      });
    },
    async close() {
      worker.postMessage('close');
      await exited;
    },
  };
}
