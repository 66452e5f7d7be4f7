/** Base of everything this room throws on purpose; `code` is stable. */
export class PrecisError extends Error {
  constructor(
    readonly code: string,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
    this.name = new.target.name;
  }
}

/** A bundle that is missing, damaged or of another version. Names the file and what to do. */
export class BundleError extends PrecisError {
  constructor(
    /** Path of the offending file or folder. */
    readonly file: string,
    readonly problem: string,
    readonly advice: string,
    options?: ErrorOptions,
  ) {
    super('bundle', `${file}: ${problem}. ${advice}`, options);
  }
}

/** A type or length that the loaded bundle cannot write. */
export class UnsupportedError extends PrecisError {
  constructor(
    readonly asked: string,
    readonly available: readonly string[],
  ) {
    super('unsupported', `${asked} is not available; available: ${available.join(', ')}`);
  }
}

/** More documents are waiting than the queue may hold; try again later. */
export class QueueFullError extends PrecisError {
  constructor(
    readonly waiting: number,
    /** Seconds until what waits now will have begun; null when nobody knows yet. */
    readonly retryAfter: number | null = null,
  ) {
    super('queue_full', `${waiting} documents are waiting already; try again later`);
  }
}

/** The summarizer was closed. */
export class ClosedError extends PrecisError {
  constructor() {
    super('closed', 'the summarizer is closed; load a new one');
  }
}

/** A worker died twice over the same document, or could not be started. */
export class WorkerError extends PrecisError {
  constructor(message: string, options?: ErrorOptions) {
    super('worker', message, options);
  }
}

/** How an error crosses from a worker to the main thread. */
export interface ErrorMessage {
  message: string;
  stack?: string | undefined;
  bundle?: { file: string; problem: string; advice: string };
}

export function toMessage(error: unknown): ErrorMessage {
  if (error instanceof BundleError) {
    const { file, problem, advice } = error;
    return { message: error.message, bundle: { file, problem, advice } };
  }
  return error instanceof Error
    ? { message: error.message, stack: error.stack }
    : { message: String(error) };
}

export function fromMessage({ message, stack, bundle }: ErrorMessage): PrecisError {
  if (bundle) return new BundleError(bundle.file, bundle.problem, bundle.advice);
  const error = new WorkerError(message);
  if (stack) error.stack = stack;
  return error;
}
