import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Outcome } from './suggester.js';

/** From a cache hit to a document that waits out a full queue, in seconds. */
const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];

/** Figures for Prometheus. Labels have few values, and none comes from a document. */
export class Metrics {
  readonly registry = new Registry();

  readonly request = this.#histogram(
    'precis_request_seconds',
    'Time of an HTTP request by route and status.',
    ['route', 'method', 'status'],
  );
  readonly queue = this.#histogram('precis_queue_seconds', 'Time a document waited for the model.');
  readonly model = this.#histogram(
    'precis_model_seconds',
    'Time a document was at the model: read, tokenise, encode, decode and gate.',
  );
  readonly stage = this.#histogram(
    'precis_stage_seconds',
    'Time of a stage of the model: tokenise, encode, decode, gate.',
    ['stage'],
  );
  readonly distance = new Histogram({
    name: 'precis_document_distance',
    help: 'Distance of a document from those the model was trained on; about 1 is usual. Watch its mean for drift.',
    buckets: [0.6, 0.8, 0.9, 1, 1.1, 1.2, 1.4, 1.7, 2, 3],
    registers: [this.registry],
  });
  readonly tokens = this.#counter(
    'precis_tokens_total',
    'Tokens of documents that the model read.',
  );
  readonly suggestions = this.#counter(
    'precis_suggestions_total',
    'Answers by outcome: shown, or the reason for withholding.',
    ['outcome'],
  );
  readonly cache = this.#counter('precis_cache_total', 'Look-ups in the cache.', ['result']);
  readonly refused = this.#counter(
    'precis_refused_total',
    'Documents refused before the model, by code.',
    ['code'],
  );
  readonly feedback = this.#counter('precis_feedback_total', 'Feedback stored.', ['action']);
  readonly lost = this.#counter(
    'precis_suggestion_records_lost_total',
    'Suggestions that were shown but not recorded, since the database was gone for too long.',
  );
  readonly reloads = this.#counter('precis_reloads_total', 'Reloads of the bundle.', ['result']);

  constructor() {
    // Event-loop delay, memory, garbage collection, open handles.
    collectDefaultMetrics({ register: this.registry });
  }

  /** A figure read when it is asked for. */
  readonly gauge = (name: string, help: string, read: () => number): void => {
    new Gauge({
      name,
      help,
      registers: [this.registry],
      collect() {
        this.set(read());
      },
    });
  };

  observe({ suggestion, reason, input, timings, distance }: Outcome, cached: boolean): void {
    this.suggestions.inc({ outcome: suggestion ? 'shown' : (reason ?? 'unknown') });
    if (cached) return;
    this.tokens.inc(input.tokens);
    if (distance !== undefined) this.distance.observe(distance);
    for (const [stage, seconds] of Object.entries(timings ?? {})) {
      this.stage.observe({ stage }, seconds);
    }
  }

  #histogram(name: string, help: string, labelNames: string[] = []) {
    const registers = [this.registry];
    return new Histogram({ name, help, labelNames, buckets: BUCKETS, registers });
  }

  #counter(name: string, help: string, labelNames: string[] = []) {
    return new Counter({ name, help, labelNames, registers: [this.registry] });
  }
}
