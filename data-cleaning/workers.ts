import { Worker } from 'node:worker_threads';
import type { Task } from './worker.js';

/** Rows of the task's file that are done, of how many. */
export type Tell = (rows: number, of: number) => void;

interface Job {
  task: Task;
  tell: Tell;
  settle: (error?: Error) => void;
}

type Message =
  | { rows: number; of: number }
  | { done: true }
  | { error: { message: string; code?: string; syscall?: string; path?: string } };

/**
 * V8 gives every thread a young generation of 48 MB by default; a row's litter fits in a quarter. The
 * old generation needs 40 MB; a row of 16 MB some hundreds for a moment.
 */
const LIMITS = { maxYoungGenerationSizeMb: 12, maxOldGenerationSizeMb: 768 };

/** Runs tasks on a few worker threads, first come first served. */
export class Workers {
  private readonly waiting: Job[] = [];
  private readonly idle: Worker[] = [];
  private readonly busy = new Map<Worker, Job>();
  private closed = false;

  constructor(count: number) {
    for (let i = 0; i < count; i++) this.idle.push(this.start());
  }

  /** @throws what keeps a task from being finished: never what its input holds. */
  run(task: Task, tell: Tell): Promise<void> {
    const result = new Promise<void>((resolve, reject) => {
      this.waiting.push({ task, tell, settle: (error) => (error ? reject(error) : resolve()) });
    });
    result.catch(() => {});
    this.next();
    return result;
  }

  async close(): Promise<void> {
    this.closed = true;
    this.waiting.length = 0;
    await Promise.all([...this.idle, ...this.busy.keys()].map((worker) => worker.terminate()));
  }

  private start(): Worker {
    const entry = new URL('./worker.js', import.meta.url);
    const worker = new Worker(entry, { resourceLimits: LIMITS });
    worker.on('message', (message: Message) => {
      const job = this.busy.get(worker) as Job;
      if ('rows' in message) return job.tell(message.rows, message.of);
      const error = 'error' in message ? Object.assign(new Error(), message.error) : undefined;
      this.end(worker, error);
      this.idle.push(worker);
      this.next();
    });
    // Out of memory, for one: the thread is gone.
    worker.on('error', (error) => {
      const file = this.busy.get(worker)?.task.file;
      this.end(worker, new Error(`${file?.path}: ${error.message}`));
      if (!this.closed) this.idle.push(this.start());
      this.next();
    });
    return worker;
  }

  private end(worker: Worker, error?: Error): void {
    const job = this.busy.get(worker);
    this.busy.delete(worker);
    job?.settle(error);
  }

  private next(): void {
    if (this.closed || this.waiting.length === 0) return;
    const worker = this.idle.pop();
    if (!worker) return;
    const job = this.waiting.shift() as Job;
    this.busy.set(worker, job);
    worker.postMessage(job.task);
  }
}
