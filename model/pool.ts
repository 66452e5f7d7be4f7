import { ClosedError, QueueFullError, WorkerError } from './errors.js';
import { type Load, loadOf } from './load.js';
import { Pace } from './pace.js';
import { Queue, type QueueLimits } from './queue.js';
import { CrashError, Thread } from './thread.js';

export interface PoolOptions {
  /** Compiled entry of the worker thread. */
  entry: URL;
  /** What a thread's entry finds as `workerData.setup`. */
  setup: unknown;
  /** Threads, each doing one job at a time. */
  size: number;
  /** What may wait for a thread. */
  queue: QueueLimits;
}

export interface RunOptions {
  signal?: AbortSignal | undefined;
  /** Ids the job will read, roughly. Default 1. */
  cost?: number;
  /** The caller bounds itself: admit the job in any case. */
  unbounded?: boolean;
}

interface Task<Job, Result> {
  job: Job;
  cost: number;
  signal: AbortSignal | undefined;
  attempts: number;
  resolve(result: Result): void;
  reject(error: unknown): void;
}

interface Slot<Job, Result> {
  thread: Thread<Job, Result> | undefined;
}

/**
 * A fixed number of threads behind one queue with one admission rule. A thread that dies is replaced
 * and its job done once more; `close` finishes what was admitted.
 */
export class Pool<Job, Result> {
  private readonly queue: Queue<Task<Job, Result>>;
  private readonly pace = new Pace();
  private readonly idle: Slot<Job, Result>[];
  private closing: Promise<void> | undefined;
  private drained: (() => void) | undefined;
  private replaced = 0;

  private constructor(
    private readonly options: PoolOptions,
    private readonly slots: readonly Slot<Job, Result>[],
  ) {
    this.queue = new Queue(options.queue);
    this.idle = [...slots];
  }

  /** Starts all threads. @throws what the first failing one reports; the others are stopped. */
  static async start<Job, Result>(options: PoolOptions): Promise<Pool<Job, Result>> {
    const { entry, setup, size } = options;
    const started = await Promise.allSettled(
      Array.from({ length: size }, () => Thread.start<Job, Result>(entry, setup)),
    );
    const threads = started.flatMap((s) => (s.status === 'fulfilled' ? [s.value] : []));
    const failed = started.find((s) => s.status === 'rejected');
    if (failed) {
      await Promise.all(threads.map((thread) => thread.stop()));
      throw failed.reason;
    }
    return new Pool(
      options,
      threads.map((thread) => ({ thread })),
    );
  }

  get closed(): boolean {
    return this.closing !== undefined;
  }

  /** Threads that died and were started anew. */
  get restarts(): number {
    return this.replaced;
  }

  get load(): Load {
    const { slots, idle, queue, pace } = this;
    return loadOf(queue, pace, slots.length - idle.length, slots.length);
  }

  /**
   * @throws ClosedError, QueueFullError at once; the signal's reason when it aborts; WorkerError when
   * the job failed, or two threads died over it.
   */
  async run(job: Job, options: RunOptions = {}): Promise<Result> {
    const { signal, cost = 1, unbounded = false } = options;
    if (this.closing) throw new ClosedError();
    signal?.throwIfAborted();
    if (!unbounded && this.idle.length === 0 && !this.queue.admits(cost)) {
      throw new QueueFullError(this.queue.length, this.load.secondsToWait);
    }
    let abort: (() => void) | undefined;
    try {
      return await new Promise<Result>((resolve, reject) => {
        const task = { job, cost, signal, attempts: 0, resolve, reject };
        abort = () => {
          this.queue.remove(task);
          reject(signal?.reason);
        };
        signal?.addEventListener('abort', abort, { once: true });
        this.queue.push(task);
        this.dispatch();
      });
    } finally {
      if (abort) signal?.removeEventListener('abort', abort);
    }
  }

  /** Admits nothing more, finishes what was admitted, ends the threads. */
  close(): Promise<void> {
    this.closing ??= new Promise<void>((resolve) => {
      this.drained = resolve;
      this.dispatch();
    }).then(async () => {
      await Promise.all(this.slots.map(({ thread }) => thread?.alive && thread.stop()));
    });
    return this.closing;
  }

  private dispatch(): void {
    while (this.queue.length > 0) {
      const slot = this.idle.pop();
      if (!slot) return;
      const task = this.queue.shift() as Task<Job, Result>;
      void this.work(slot, task).then(() => {
        this.idle.push(slot);
        this.dispatch();
      });
    }
    if (this.idle.length === this.slots.length) this.drained?.();
  }

  private async work(slot: Slot<Job, Result>, task: Task<Job, Result>): Promise<void> {
    const { entry, setup } = this.options;
    try {
      if (!slot.thread?.alive) {
        slot.thread = await Thread.start<Job, Result>(entry, setup);
        this.replaced++;
      }
      task.signal?.throwIfAborted();
      const started = performance.now();
      task.resolve(await slot.thread.run(task.job, task.signal));
      this.pace.add(task.cost, (performance.now() - started) / 1000);
    } catch (error) {
      if (!(error instanceof CrashError)) task.reject(error);
      else if (task.signal?.aborted) task.reject(task.signal.reason);
      else if (task.attempts++ === 0) this.queue.return(task);
      else
        task.reject(
          new WorkerError('two worker threads died over this document', { cause: error }),
        );
    }
  }
}
