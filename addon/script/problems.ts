import type { Problem } from '../contract.js';

/** Shape of every error of the service. */
interface ErrorBody {
  error?: { code?: string; message?: string };
  requestId?: string;
}

/** Where the service does not say for how long. */
const WAIT_SECONDS = 10;

/** What an answer means that is no answer. */
export function problemOf(status: number, content: unknown, headers: object): Problem {
  const { error, requestId } = (content ?? {}) as ErrorBody;
  if (typeof error?.code !== 'string') {
    // Not our error: a proxy, a sign-in page, another program.
    if (status === 502 || status === 503 || status === 504) {
      return { code: 'wait', retryAfter: secondsOf(headers) };
    }
    return { code: 'not_precis', message: `It answered with HTTP ${status}.` };
  }
  const message = error.message ?? `HTTP ${status}`;
  const found = requestId === undefined ? {} : { requestId };
  switch (status) {
    case 401:
      return { code: 'key', message, ...found };
    case 403:
      return { code: 'scope', message, ...found };
    case 413:
      return { code: 'too_large', message, ...found };
    case 429:
    case 503:
      if (error.code === 'timeout') return { code: 'timeout', message, ...found };
      return { code: 'wait', message, retryAfter: secondsOf(headers), ...found };
    default:
      return { code: 'failed', message, ...found };
  }
}

/** What UrlFetchApp means by an exception. It has no codes, and its words are English. */
export function problemOfFetch(error: unknown): Problem {
  const message = error instanceof Error ? error.message : String(error);
  if (/too many times|quota|rate limit|bandwidth/i.test(message)) {
    return { code: 'google_quota', message };
  }
  if (/time(d)?[ -]?out/i.test(message)) return { code: 'timeout', message };
  return { code: 'unreachable', message };
}

function secondsOf(headers: object): number {
  for (const [name, value] of Object.entries(headers)) {
    if (name.toLowerCase() !== 'retry-after') continue;
    const seconds = Number(value);
    if (Number.isFinite(seconds) && seconds > 0) return Math.ceil(seconds);
  }
  return WAIT_SECONDS;
}
