import { exit } from '../exit.js';
import { describeError } from '../failure.js';
import { withModel } from '../load.js';
import { Queue } from '../queue/queue.js';

export interface WorkerFlags {
  queue: string;
  workers: number;
  bundle?: string;
  /** Ends when the queue has been empty for a moment. */
  drain?: true;
  quiet?: true;
}

/** Milliseconds to the next look at an empty queue. */
const IDLE = 500;

/** Does documents of the queue until it is told to stop; those it has are finished first. */
export async function worker(flags: WorkerFlags): Promise<number> {
  const queue = await Queue.open(flags.queue);
  let stopping = false;
  const stop = () => {
    stopping = true;
  };
  process.once('SIGINT', stop).once('SIGTERM', stop);
  let done = 0;
  let failed = 0;
  try {
    await withModel(flags.bundle, { workers: flags.workers }, async (model) => {
      if (!flags.quiet) process.stderr.write(`Waiting for documents (process ${process.pid}).\n`);
      const running = new Set<Promise<void>>();
      while (!stopping) {
        const jobs = await queue.fetch(flags.workers - running.size).catch((error) => {
          process.stderr.write(`precis: ${describeError(error)}\n`);
          return [];
        });
        for (const { id, data } of jobs) {
          const { key, document, options } = data;
          const work = (async () => {
            try {
              await queue.finish(id, { key, outcome: await model.suggest(document, options) });
              done++;
            } catch (error) {
              failed++;
              // Were the database gone too, the document comes back when its time is over.
              await queue.fail(id, describeError(error)).catch(() => {});
            }
          })().finally(() => running.delete(work));
          running.add(work);
        }
        if (jobs.length === 0 && running.size === 0 && flags.drain) break;
        if (running.size >= flags.workers) await Promise.race(running);
        else if (jobs.length === 0) {
          await Promise.race([...running, new Promise((resolve) => setTimeout(resolve, IDLE))]);
        }
      }
      await Promise.all(running);
    });
  } finally {
    process.off('SIGINT', stop).off('SIGTERM', stop);
    await queue.close();
  }
  if (!flags.quiet) process.stderr.write(`${done} documents done, ${failed} attempts failed.\n`);
  return exit.done;
}

/** What waits, is being done and was given up. */
export async function queueStatus(flags: { queue: string; json?: true }): Promise<number> {
  const queue = await Queue.open(flags.queue);
  const { reasons, ...counts } = await queue.status().finally(() => queue.close());
  if (flags.json) process.stdout.write(`${JSON.stringify({ ...counts, reasons })}\n`);
  else {
    for (const [name, value] of Object.entries(counts)) {
      process.stdout.write(`${name.padEnd(11)}${value}\n`);
    }
    for (const { reason, count } of reasons) process.stdout.write(`  ${count} × ${reason}\n`);
  }
  return exit.done;
}
