import type { Metrics } from '../metrics.js';
import { type Distribution, distribution, quantile, since, total } from './histogram.js';
import { isError, isSuggestion } from './series.js';

/** What happened within one interval. */
export interface Interval {
  /** Its end. */
  at: string;
  /** Requests for suggestions. */
  requests: number;
  errors: number;
  p50: number | null;
  p95: number | null;
}

const INTERVAL_MILLISECONDS = 60_000;
/** Three hours: enough to see an incident, and some 20 kB. Longer is Prometheus' work. */
const MOST = 180;

/** The last hours by the minute, from the histogram that `/metrics` shows. */
export class History {
  readonly #intervals: Interval[] = [];
  readonly #timer: NodeJS.Timeout;
  #all: Distribution | undefined;
  #errors = 0;

  constructor(private readonly metrics: Metrics) {
    this.#timer = setInterval(() => void this.sample(), INTERVAL_MILLISECONDS).unref();
  }

  get intervals(): readonly Interval[] {
    return this.#intervals;
  }

  /** Ends the interval that is under way. */
  async sample(now = new Date()): Promise<void> {
    const { values } = await this.metrics.request.get();
    const all = distribution(values, isSuggestion);
    const errors = total(distribution(values, (labels) => isSuggestion(labels) && isError(labels)));
    const within = since(this.#all, all);
    this.#intervals.push({
      at: now.toISOString(),
      requests: total(within),
      errors: errors - this.#errors,
      p50: quantile(within, 0.5),
      p95: quantile(within, 0.95),
    });
    if (this.#intervals.length > MOST) this.#intervals.shift();
    this.#all = all;
    this.#errors = errors;
  }

  close(): void {
    clearInterval(this.#timer);
  }
}
