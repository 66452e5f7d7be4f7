import { Worker } from 'node:worker_threads';
import type { Task } from './worker.js';

interface Job {
  task: Task;
  settle: (error?: Error) => void;
}

/** Runs tasks on a few worker threads, first come first served. */
export class Workers {
  private readonly waiting: Job[] = [];
  private readonly idle: Worker[] = [];
  private readonly busy = new Map<Worker, Job>();

  constructor(count: number) {
    for (let i = 0; i < count; i++) {
      const worker = new Worker(new URL('./worker.js', import.meta.url));
      worker.on('message', (message: { error?: string }) => {
        const path = this.busy.get(worker)?.task.file.path;
        this.end(worker, message.error ? new Error(`${path}: ${message.error}`) : undefined);
        this.idle.push(worker);
        this.next();
      });
      worker.on('error', (error) => this.end(worker, error));
      this.idle.push(worker);
    }
  }

  run(task: Task): Promise<void> {
    const result = new Promise<void>((resolve, reject) => {
      this.waiting.push({ task, settle: (error) => (error ? reject(error) : resolve()) });
    });
    result.catch(() => {});
    this.next();
    return result;
  }

  async close(): Promise<void> {
    await Promise.all([...this.idle, ...this.busy.keys()].map((worker) => worker.terminate()));
  }

  private end(worker: Worker, error?: Error): void {
    const job = this.busy.get(worker);
    this.busy.delete(worker);
    job?.settle(error);
  }

  private next(): void {
    if (this.waiting.length === 0) return;
    const worker = this.idle.pop();
    if (!worker) return;
    const job = this.waiting.shift() as Job;
    this.busy.set(worker, job);
    worker.postMessage(job.task);
  }
}
