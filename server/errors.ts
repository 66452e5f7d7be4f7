import type { Problem, Quota } from './schemas/error.js';

export type ErrorCode =
  | 'malformed'
  | 'not_found'
  | 'too_large'
  | 'unsupported_media_type'
  | 'invalid'
  | 'loading'
  | 'draining'
  | 'busy'
  | 'cancelled'
  | 'internal';

/** An error that the caller is told about; `details` as the schema of its status says. */
export class ServiceError extends Error {
  constructor(
    readonly statusCode: number,
    readonly code: ErrorCode,
    message: string,
    readonly details?: Problem[] | Quota,
  ) {
    super(message);
    this.name = 'ServiceError';
  }
}

export function invalid(problems: Problem[]): ServiceError {
  const message = problems
    .map(({ field, message }) => (field ? `${field}: ${message}` : message))
    .join('; ');
  return new ServiceError(422, 'invalid', message, problems);
}
