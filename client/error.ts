import type { Problem, Quota } from '../server/schemas/error.js';

/** An answer of the service that is an error. */
export class PrecisError extends Error {
  override readonly name = 'PrecisError';

  constructor(
    readonly status: number,
    /** Stable name, such as `busy` or `invalid`. */
    readonly code: string,
    message: string,
    readonly extras: {
      details?: Problem[] | Quota | undefined;
      requestId?: string | undefined;
      /** Seconds after which the same request may succeed. */
      retryAfter?: number | undefined;
    } = {},
  ) {
    super(message);
  }
}

interface ErrorBody {
  error: { code: string; message: string; details?: Problem[] | Quota };
  requestId?: string;
}

/** What an answer that is not 2xx says; a balancer's own page becomes `unknown`. */
export async function errorOf(response: Response): Promise<PrecisError> {
  const unknown = { error: { code: 'unknown', message: `HTTP ${response.status}` } };
  const body = (await response.json().catch(() => unknown)) as Partial<ErrorBody> | null;
  const { code, message, details }: ErrorBody['error'] = body?.error ?? unknown.error;
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  const retryAfter = Number.isNaN(seconds) ? undefined : seconds;
  const requestId = body?.requestId;
  return new PrecisError(response.status, code, message, { details, requestId, retryAfter });
}
