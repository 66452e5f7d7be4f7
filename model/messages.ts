import type { Bundle } from './bundle.js';
import type { ErrorMessage } from './errors.js';
import type { OrtOptions } from './ort.js';

/** What every thread is started with: its own set-up, and its latch's memory. */
export interface ThreadData<Setup> {
  setup: Setup;
  latch: SharedArrayBuffer;
}

/** Set-up of a model worker. */
export interface WorkerSetup {
  bundle: Bundle;
  ort: OrtOptions;
}

export type ToWorker<Job> =
  | { kind: 'job'; id: number; job: Job }
  | { kind: 'cancel'; id: number }
  | { kind: 'close' };

export type FromWorker<Result> =
  | { kind: 'ready' }
  | { kind: 'failed'; error: ErrorMessage }
  | { kind: 'done'; id: number; result: Result }
  | { kind: 'error'; id: number; error: ErrorMessage };
