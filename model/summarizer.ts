import { availableParallelism } from 'node:os';
import type { Document } from '../documents/document.js';
import { answer } from './answering.js';
import { type Backend, openBackend } from './backend.js';
import type { LanguageCheck, SuggestResult } from './core/index.js';
import { ClosedError } from './errors.js';
import { costOf, type Found, type Job } from './jobs.js';
import { checkLoad, checkOptions, type LoadOptions, type SuggestOptions } from './options.js';
import { ordered } from './ordered.js';
import { defaultBundle } from './place.js';
import { Pool } from './pool.js';

/** One document of a stream; further fields (an id) come back with the answer. */
export interface SuggestRequest {
  document: Document;
  options?: Omit<SuggestOptions, 'signal'> | undefined;
}

/** The answer to one document of a stream. */
export type SuggestOutcome<T> = { item: T; result: SuggestResult } | { item: T; error: Error };

/**
 * Suggests one or two sentences for a document, or nothing with a reason.
 *
 * ```js
 * const precis = await Summarizer.load();
 * const { suggestion, reason } = await precis.suggest(document, { length: 'short' });
 * await precis.close();
 * ```
 */
export class Summarizer {
  private constructor(
    private readonly backend: Backend,
    private readonly pool: Pool<Job, Found>,
    private readonly language: LanguageCheck,
    private readonly runtime: Required<LoadOptions>,
  ) {}

  /**
   * Verifies a bundle and starts its workers.
   *
   * @param path folder of a bundle, or of a sequence-to-sequence ONNX model as
   * `@huggingface/transformers` reads it (install that package beside this one); the bundle that ships
   * with the package by default.
   * @throws BundleError naming the file that is missing, damaged or does not fit.
   */
  static async load(path: string = defaultBundle, options: LoadOptions = {}): Promise<Summarizer> {
    const runtime = checkLoad(options, availableParallelism());
    const backend = await openBackend(path, runtime);
    const starting = Pool.start<Job, Found>({
      entry: backend.entry,
      setup: backend.setup,
      size: runtime.workers,
      queue: { jobs: runtime.maxQueue, tokens: runtime.maxQueueTokens },
    });
    // The language tables take 0.3 s to load: do it while the workers load the model.
    const [pool, { languageCheck }] = await Promise.all([starting, import('./language.js')]);
    return new Summarizer(backend, pool, languageCheck(backend.model.languages), runtime);
  }

  /**
   * @throws UnsupportedError for a type the bundle cannot write, QueueFullError when too many wait,
   * ClosedError after `close`, the signal's reason when it aborts. Abstaining is no error.
   */
  async suggest(document: Document, options: SuggestOptions = {}): Promise<SuggestResult> {
    return this.answer(document, options, false);
  }

  /**
   * Suggestions for a stream of documents, in its order. Reads ahead no further than the workers can
   * take; an error concerns its own document only.
   */
  suggestMany<T extends SuggestRequest>(
    items: Iterable<T> | AsyncIterable<T>,
    options: SuggestOptions = {},
  ): AsyncGenerator<SuggestOutcome<T>, void, undefined> {
    return ordered(items, this.runtime.workers * 2, async (item): Promise<SuggestOutcome<T>> => {
      try {
        const merged = { ...options, ...item.options };
        return { item, result: await this.answer(item.document, merged, true) };
      } catch (error) {
        return { item, error: error as Error };
      }
    });
  }

  /** What is loaded and how it runs. */
  info() {
    const { path, model, types } = this.backend;
    const { name, version, created, licence, languages, limits, architecture } = model;
    return {
      model: { name, version, created, licence, languages, limits, architecture },
      bundle: path,
      types,
      runtime: { ...this.runtime, restarts: this.pool.restarts },
      load: this.pool.load,
    };
  }

  /** Refuses new documents, finishes those it has, ends the workers. */
  async close(): Promise<void> {
    await this.pool.close();
  }

  private async answer(
    document: Document,
    options: SuggestOptions,
    unbounded: boolean,
  ): Promise<SuggestResult> {
    if (this.pool.closed) throw new ClosedError();
    const { backend: answering, language, runtime: reading } = this;
    const asked = checkOptions(options, answering.types);
    const run = (job: Job) => {
      const cost = costOf(job, answering.model);
      return this.pool.run(job, { signal: asked.signal, cost, unbounded });
    };
    return answer(document, asked, { answering, language, reading, run });
  }
}
