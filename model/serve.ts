import { parentPort } from 'node:worker_threads';
import { toMessage } from './errors.js';
import type { FromWorker, ToWorker } from './messages.js';

/** What a worker thread can do once it is set up. */
export interface Service<Job, Result> {
  work(job: Job, signal: AbortSignal): Promise<Result>;
  release(): Promise<void>;
}

/** The worker's side of `thread.ts`: sets up, says so, does jobs until it is told to close. */
export async function serve<Job, Result>(
  setUp: () => Promise<Service<Job, Result>>,
): Promise<void> {
  const port = parentPort;
  if (!port) throw new Error('this module runs in a worker thread only');
  const send = (message: FromWorker<Result>) => port.postMessage(message);
  try {
    const service = await setUp();
    const running = new Map<number, AbortController>();
    const answer = async (id: number, job: Job) => {
      const controller = new AbortController();
      running.set(id, controller);
      try {
        send({ kind: 'done', id, result: await service.work(job, controller.signal) });
      } catch (error) {
        send({ kind: 'error', id, error: toMessage(error) });
      } finally {
        running.delete(id);
      }
    };
    port.on('message', (message: ToWorker<Job>) => {
      if (message.kind === 'job') void answer(message.id, message.job);
      else if (message.kind === 'cancel') running.get(message.id)?.abort();
      else void service.release().finally(() => port.close());
    });
    send({ kind: 'ready' });
  } catch (error) {
    send({ kind: 'failed', error: toMessage(error) });
    port.close();
  }
}
