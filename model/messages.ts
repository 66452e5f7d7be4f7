import type { Bundle } from './bundle.js';
import type { ErrorMessage } from './errors.js';
import type { OrtOptions } from './ort.js';

/** What a model worker is started with. */
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
