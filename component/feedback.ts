import { type Feedback, type Suggester, Unavailable } from './suggester.js';

interface Pending {
  feedback: Feedback;
  idempotencyKey: string;
}

const KEY = 'precis.feedback';
/** Kept at most; the oldest go first. */
const MOST = 200;

/** Feedback that waits for the service; survives a reload. */
export class FeedbackQueue {
  #sending: Promise<void> | undefined;

  add(feedback: Feedback): void {
    const random = crypto.getRandomValues(new Uint32Array(4)).join('-');
    this.#write([...this.#read(), { feedback, idempotencyKey: random }].slice(-MOST));
  }

  /** Sends in order, and stops at the first that can't be sent now. */
  flush(suggester: Suggester | undefined): Promise<void> {
    this.#sending ??= this.#flush(suggester).finally(() => {
      this.#sending = undefined;
    });
    return this.#sending;
  }

  async #flush(suggester: Suggester | undefined): Promise<void> {
    if (!suggester?.feedback) return;
    for (let next = this.#read()[0]; next; next = this.#read()[0]) {
      const { feedback, idempotencyKey } = next;
      try {
        await suggester.feedback(feedback, { idempotencyKey });
      } catch (error) {
        // What the service will never take is not sent for ever.
        if (!(error instanceof Unavailable) || error.trouble !== 'refused') return;
      }
      this.#write(this.#read().filter((each) => each.idempotencyKey !== idempotencyKey));
    }
  }

  #read(): Pending[] {
    try {
      return JSON.parse(localStorage.getItem(KEY) ?? '[]') as Pending[];
    } catch {
      return this.#memory;
    }
  }

  #memory: Pending[] = [];

  #write(pending: Pending[]): void {
    this.#memory = pending;
    try {
      localStorage.setItem(KEY, JSON.stringify(pending));
    } catch {
      // Storage may be full or forbidden: memory has it.
    }
  }
}
