import type { FastifyRateLimitStore } from '@fastify/rate-limit';

interface Window {
  began: number;
  count: number;
}

/**
 * Requests of each key in its running window, for `@fastify/rate-limit`, on the monotonic clock: its
 * own store goes by the time of day, and locks a key out for as long as that was set back.
 */
export class RateWindows implements FastifyRateLimitStore {
  readonly #windows = new Map<string, Window>();

  incr(
    key: string,
    done: (error: Error | null, result?: { current: number; ttl: number }) => void,
    milliseconds: number,
  ): void {
    const now = performance.now();
    const known = this.#windows.get(key);
    const window = known && now < known.began + milliseconds ? known : { began: now, count: 0 };
    window.count++;
    // As many as there are keys: the file of keys bounds it.
    this.#windows.set(key, window);
    done(null, { current: window.count, ttl: window.began + milliseconds - now });
  }

  child(): RateWindows {
    return this;
  }
}
