/** First and longest pause between attempts, seconds. */
const FIRST = 2;
const LONGEST = 60;
/** Share of a pause that is left to chance, so that many pages don't come back at once. */
const JITTER = 0.2;

/**
 * Milliseconds before attempt number `attempt` (from 1): what the service asked for, else doubling.
 * Never sooner than asked.
 */
export function pause(attempt: number, retryAfter: number | undefined, random = Math.random()) {
  const doubled = Math.min(LONGEST, FIRST * 2 ** (attempt - 1));
  return Math.round((retryAfter ?? doubled) * (1 + JITTER * random) * 1000);
}
