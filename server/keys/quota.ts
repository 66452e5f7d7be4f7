import { ServiceError } from '../errors.js';
import type { StoredKey } from './key.js';

const DAY_SECONDS = 86_400;

/** Documents of each key since midnight UTC, on this instance. */
export class Quotas {
  readonly #used = new Map<string, number>();
  #day = 0;

  /** Takes one document from a key's day. @throws ServiceError 429 when none is left. */
  take(key: StoredKey | null, now = Date.now()): void {
    const most = key?.documentsPerDay;
    if (!key || most === undefined) return;
    const seconds = Math.floor(now / 1000);
    const day = Math.floor(seconds / DAY_SECONDS);
    if (day !== this.#day) this.#used.clear();
    this.#day = day;
    const used = this.#used.get(key.id) ?? 0;
    if (used >= most) {
      const retryAfter = DAY_SECONDS - (seconds % DAY_SECONDS);
      const message = `The ${most} documents of today are used up.`;
      throw new ServiceError(429, 'quota_exceeded', message, { retryAfter });
    }
    this.#used.set(key.id, used + 1);
  }
}
