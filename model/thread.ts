import { Worker } from 'node:worker_threads';
import { fromMessage, WorkerError } from './errors.js';
import { Latch, shutAtExit } from './latch.js';
import type { FromWorker, ThreadData, ToWorker } from './messages.js';

/** The thread is gone; what it was doing may be tried again elsewhere. */
export class CrashError extends WorkerError {}

/** A thread that was told to stop is ended by force after this many milliseconds. */
const STOP_PATIENCE = 5000;

interface Current<Result> {
  id: number;
  resolve(result: Result): void;
  reject(error: Error): void;
}

/** One worker thread that does one job at a time. An idle thread keeps no process alive. */
export class Thread<Job, Result> {
  alive = true;
  private readonly worker: Worker;
  private readonly exited: Promise<void>;
  private readonly latch = new Latch();
  private current: Current<Result> | undefined;
  private count = 0;

  private constructor(entry: URL, setup: unknown) {
    const workerData: ThreadData<unknown> = { setup, latch: this.latch.shared };
    // Flags of the process (`--input-type`, `--eval`) are not for its threads.
    this.worker = new Worker(entry, { workerData, execArgv: [] });
    const forget = shutAtExit(this.latch);
    this.exited = new Promise((resolve) => this.worker.once('exit', () => resolve()));
    this.exited.finally(forget);
  }

  /** Starts a thread and waits until it can work. @throws what its set-up failed with. */
  static async start<Job, Result>(entry: URL, setup: unknown): Promise<Thread<Job, Result>> {
    const thread = new Thread<Job, Result>(entry, setup);
    await new Promise<void>((resolve, reject) => {
      thread.current = { id: 0, resolve: () => resolve(), reject };
      thread.worker.on('message', (message: FromWorker<Result>) => thread.receive(message));
      thread.worker.on('error', (error) => thread.lose(error));
      thread.worker.on('exit', (code) => thread.lose(new Error(`exit code ${code}`)));
    });
    thread.worker.unref();
    return thread;
  }

  /**
   * Does one job. When the signal aborts, the thread is told, and this rejects once it is free again.
   *
   * @throws CrashError when the thread died, WorkerError when the job failed in it.
   */
  async run(job: Job, signal?: AbortSignal): Promise<Result> {
    if (!this.alive) throw new CrashError('the worker thread is gone');
    const id = ++this.count;
    const cancel = () => this.post({ kind: 'cancel', id });
    this.worker.ref();
    try {
      return await new Promise<Result>((resolve, reject) => {
        this.current = { id, resolve, reject };
        this.post({ kind: 'job', id, job });
        signal?.addEventListener('abort', cancel, { once: true });
      });
    } finally {
      signal?.removeEventListener('abort', cancel);
      this.worker.unref();
    }
  }

  /** Lets the thread release what it holds and end. */
  async stop(): Promise<void> {
    this.worker.ref();
    this.post({ kind: 'close' });
    const force = setTimeout(() => void this.kill(), STOP_PATIENCE);
    await this.exited;
    clearTimeout(force);
  }

  /** Ends the thread, whatever it is doing: it counts as having died. */
  async kill(): Promise<void> {
    if (this.latch.shut(STOP_PATIENCE)) await this.worker.terminate();
  }

  private post(message: ToWorker<Job>): void {
    this.worker.postMessage(message);
  }

  private receive(message: FromWorker<Result>): void {
    const { current } = this;
    if (message.kind === 'ready') this.settle((job) => job.resolve(undefined as Result));
    else if (message.kind === 'failed')
      this.settle((job) => job.reject(fromMessage(message.error)));
    else if (message.id !== current?.id) return;
    else if (message.kind === 'done') this.settle((job) => job.resolve(message.result));
    else this.settle((job) => job.reject(fromMessage(message.error)));
  }

  private lose(cause: unknown): void {
    this.alive = false;
    const why = cause instanceof Error ? cause.message : String(cause);
    this.settle((job) => job.reject(new CrashError(`the worker thread died: ${why}`, { cause })));
  }

  private settle(how: (current: Current<Result>) => void): void {
    const { current } = this;
    this.current = undefined;
    if (current) how(current);
  }
}
