import type { Problem, Quota } from './schemas/error.js';

export type ErrorCode =
  | 'malformed'
  | 'unauthorized'
  | 'forbidden'
  | 'not_found'
  | 'too_large'
  | 'unsupported_media_type'
  | 'invalid'
  | 'loading'
  | 'draining'
  | 'busy'
  | 'rate_limited'
  | 'quota_exceeded'
  | 'timeout'
  | 'cancelled'
  | 'reload_failed'
  | 'feedback_unavailable'
  | 'internal';

export interface ErrorExtras {
  /** As the schema of the status says. */
  details?: Problem[] | Quota;
  /** Seconds after which the same request may succeed. */
  retryAfter?: number;
  cause?: unknown;
}

/** An error that the caller is told about. */
export class ServiceError extends Error {
  readonly details: Problem[] | Quota | undefined;
  readonly retryAfter: number | undefined;

  constructor(
    readonly statusCode: number,
    readonly code: ErrorCode,
    message: string,
    { details, retryAfter, cause }: ErrorExtras = {},
  ) {
    super(message, { cause });
    this.name = 'ServiceError';
    this.details = details;
    this.retryAfter = retryAfter;
  }
}

export function invalid(problems: Problem[]): ServiceError {
  const message = problems
    .map(({ field, message }) => (field ? `${field}: ${message}` : message))
    .join('; ');
  return new ServiceError(422, 'invalid', message, { details: problems });
}

/** One field that does not fit. */
export function invalidField(field: string, expected: string, message: string): ServiceError {
  return invalid([{ field, expected, message }]);
}
