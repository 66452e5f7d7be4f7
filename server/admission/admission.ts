import { ServiceError } from '../errors.js';
import { DrainRate } from './drain-rate.js';

export interface AdmissionOptions {
  /** Tokens of documents that may wait, beside those at the model. */
  queueTokens: number;
  /** Documents at the model at once. */
  places: () => number;
  /** Called with the seconds a document waited. */
  onStart?: (waited: number) => void;
}

interface Waiting {
  tokens: number;
  start(): void;
}

/** No client is sent away for longer: by then the load is another. */
const MOST_RETRY_SECONDS = 120;

/**
 * The only way to the model, whatever the route: first come, first served, and what does not fit
 * into the token budget is refused at once with the time in which the queue will have drained.
 */
export class Admission {
  readonly #queue: Waiting[] = [];
  readonly #rate = new DrainRate();
  #running = 0;
  #runningTokens = 0;
  #waitingTokens = 0;

  constructor(private readonly options: AdmissionOptions) {}

  get state() {
    return {
      waiting: this.#queue.length,
      waitingTokens: this.#waitingTokens,
      running: this.#running,
    };
  }

  /** Whether a document of so many tokens would be taken now. @throws ServiceError 429 when not. */
  check(tokens: number): void {
    const free = this.#running < this.options.places() && this.#queue.length === 0;
    const fits = this.#waitingTokens + Math.max(1, tokens) <= this.options.queueTokens;
    if (!free && !fits) throw this.#busy();
  }

  /**
   * Runs `work` when its turn comes. When the signal aborts, the caller is told at once; the place
   * is free again only when `work` has really ended.
   *
   * @throws ServiceError 429 at once, the signal's reason, or what `work` throws.
   */
  async run<T>(tokens: number, signal: AbortSignal, work: () => Promise<T>): Promise<T> {
    signal.throwIfAborted();
    const cost = Math.max(1, tokens);
    const asked = performance.now();
    this.check(tokens);
    return new Promise<T>((resolve, reject) => {
      const entry: Waiting = {
        tokens: cost,
        start: () => {
          const began = performance.now();
          this.options.onStart?.((began - asked) / 1000);
          const leave = () => {
            signal.removeEventListener('abort', abort);
            this.#running--;
            this.#runningTokens -= cost;
            this.#next();
          };
          // Inside an async function what `work` throws at once becomes a rejection as well.
          (async () => work())().then(
            (result) => {
              this.#rate.observe(cost, (performance.now() - began) / 1000);
              resolve(result);
              leave();
            },
            (error) => {
              reject(error);
              leave();
            },
          );
        },
      };
      const abort = () => {
        const at = this.#queue.indexOf(entry);
        if (at >= 0) {
          this.#queue.splice(at, 1);
          this.#waitingTokens -= cost;
        }
        reject(signal.reason);
      };
      signal.addEventListener('abort', abort, { once: true });
      this.#queue.push(entry);
      this.#waitingTokens += cost;
      this.#next();
    });
  }

  #next(): void {
    while (this.#running < this.options.places()) {
      const entry = this.#queue.shift();
      if (!entry) return;
      this.#waitingTokens -= entry.tokens;
      this.#running++;
      this.#runningTokens += entry.tokens;
      entry.start();
    }
  }

  #busy(): ServiceError {
    const tokens = this.#waitingTokens + this.#runningTokens;
    const seconds = this.#rate.secondsFor(tokens, this.options.places()) ?? 1;
    const retryAfter = Math.min(MOST_RETRY_SECONDS, Math.max(1, Math.ceil(seconds)));
    const message = `${this.#queue.length} documents are waiting; try again in ${retryAfter} s.`;
    return new ServiceError(429, 'busy', message, { retryAfter });
  }
}
