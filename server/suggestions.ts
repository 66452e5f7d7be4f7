import { createHash } from 'node:crypto';
import { context, trace } from '@opentelemetry/api';
import type { Admission } from './admission/admission.js';
import { SuggestionCache } from './cache.js';
import { ServiceError } from './errors.js';
import type { Metrics } from './metrics.js';
import type { Summary, SummaryOptions } from './schemas/summaries.js';
import type { Service } from './service.js';
import type { Source } from './source.js';
import type { Outcome, Suggester } from './suggester.js';
import { checkAvailable, toSummary } from './summarise.js';

const tracer = trace.getTracer('precis');

/** English prose has about four characters a token. */
const CHARACTERS_A_TOKEN = 4;

/** What an answer was, for those who keep records. */
export interface Shown {
  summary: Summary;
  diagnostics: unknown;
  options: SummaryOptions;
  key: string | null;
}

export interface SuggestionsOptions {
  service: Service;
  admission: Admission;
  metrics: Metrics;
  cacheBytes: number;
  onShown?: ((shown: Shown) => void) | undefined;
}

/** What every route that wants suggestions asks: cache, then admission, then model. */
export class Suggestions {
  readonly cache: SuggestionCache;
  #generation = 0;

  constructor(private readonly options: SuggestionsOptions) {
    this.cache = new SuggestionCache(options.cacheBytes);
  }

  /**
   * @throws ServiceError 422 for what the model cannot do, 429 when too much waits, the signal's
   * reason, 503 while loading.
   */
  async suggest(
    source: Source,
    options: SummaryOptions,
    { signal, key }: { signal: AbortSignal; key: string | null },
  ): Promise<Summary> {
    const { service, metrics } = this.options;
    const { model, generation } = service;
    checkAvailable(model, options);
    const entry = JSON.stringify([
      source.hash,
      options.type,
      options.length,
      options.minConfidence,
      options.explain ?? false,
    ]);
    this.#forgetOthers(generation);
    const cached = this.cache.get(entry);
    metrics.cache.inc({ result: cached ? 'hit' : 'miss' });
    const outcome = cached ?? (await this.#ask(source, options, signal));
    // An answer of a model that was replaced meanwhile is not kept.
    if (!cached && generation === service.generation) this.cache.set(entry, outcome);
    metrics.observe(outcome, cached !== undefined);
    const summary = toSummary(outcome, source.hash);
    if (summary.suggestion) {
      this.options.onShown?.({ summary, diagnostics: outcome.diagnostics, options, key });
    }
    return summary;
  }

  /** Names the answer to this request as long as the model stays the same. */
  tag({ hash }: Source, options: SummaryOptions): string {
    const { name, version } = this.options.service.model.info().model;
    const parts = [hash, options, name, version];
    const digest = createHash('sha256').update(JSON.stringify(parts)).digest('base64url');
    // Weak: two answers differ in the id of their suggestion.
    return `W/"${digest.slice(0, 27)}"`;
  }

  /**
   * For files, whose size in tokens is known only when they were read: refuses before that when the
   * longest document would not be taken. @throws ServiceError 429, 503 while loading.
   */
  refuseWhenFull(): void {
    const { service, admission, metrics } = this.options;
    void service.model;
    try {
      admission.check(limitOf(service));
    } catch (error) {
      metrics.refused.inc({ code: (error as ServiceError).code });
      throw error;
    }
  }

  async #ask(
    { characters, read }: Source,
    options: SummaryOptions,
    signal: AbortSignal,
  ): Promise<Outcome> {
    const { service, admission, metrics } = this.options;
    const tokens = Math.ceil(characters / CHARACTERS_A_TOKEN);
    // A waiting document is started by whoever finishes before it: its trace is kept by hand.
    const within = context.active();
    const waiting = tracer.startSpan('queue', {}, within);
    try {
      return await admission.run(Math.min(tokens, limitOf(service)), signal, async () => {
        waiting.end();
        const end = metrics.model.startTimer();
        const span = tracer.startSpan('model', { attributes: { 'precis.tokens': tokens } }, within);
        try {
          const document = await read(signal);
          // Asked for only now: a reload may have replaced the model while this waited or was read.
          const model = service.current as Suggester;
          const outcome = await model.suggest(document, { ...options, signal, timings: true });
          for (const [stage, seconds] of Object.entries(outcome.timings ?? {})) {
            span.setAttribute(`precis.${stage}_seconds`, seconds);
          }
          return outcome;
        } finally {
          span.end();
          end();
        }
      });
    } catch (error) {
      waiting.end();
      if (error instanceof ServiceError) metrics.refused.inc({ code: error.code });
      throw error;
    }
  }

  #forgetOthers(generation: number): void {
    if (this.#generation === generation) return;
    this.cache.clear();
    this.#generation = generation;
  }
}

const limitOf = (service: Service) =>
  service.current?.info().model.limits.sourceTokens ?? Number.POSITIVE_INFINITY;
