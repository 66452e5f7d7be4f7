import { ServiceError } from '../errors.js';
import type { Metrics } from '../metrics.js';
import type { Shown } from '../suggestions.js';
import type { Database } from './database.js';
import { exportLines } from './export.js';
import { migrate } from './migrations.js';
import { Recorder } from './recorder.js';
import {
  eraseDocument,
  forgetOld,
  insertFeedback,
  insertSuggestions,
  type NewFeedback,
  toRecord,
} from './records.js';
import { report } from './report.js';

export interface FeedbackOptions {
  /** Opens the database; asked again after a failure. */
  open: (signal: AbortSignal) => Promise<Database>;
  storeTexts: boolean;
  retentionDays: number;
  metrics: Metrics;
  warn: (problem: string, error: unknown) => void;
}

/** How long the database is left alone after it could not be opened. */
const REOPEN_MILLISECONDS = 1000;
const FORGET_MILLISECONDS = 6 * 60 * 60 * 1000;

/** What became of suggestions. When the database is away this answers 503, and nothing else does. */
export class Feedback {
  readonly #recorder: Recorder;
  readonly #forgetting: NodeJS.Timeout;
  #database: Promise<Database> | undefined;
  readonly #closing = new AbortController();
  #closed = false;

  constructor(private readonly options: FeedbackOptions) {
    this.#recorder = new Recorder(
      (records) => this.#use((database) => insertSuggestions(database, records)),
      (count) => options.metrics.lost.inc(count),
    );
    const forget = () => this.#use((db) => forgetOld(db, options.retentionDays)).catch(() => {});
    this.#forgetting = setInterval(forget, FORGET_MILLISECONDS).unref();
    void forget();
  }

  record(shown: Shown): void {
    const record = toRecord(shown, this.options.storeTexts);
    if (record) this.#recorder.add(record);
  }

  /** @returns whether it is new; it is on disk then. */
  async add(given: NewFeedback): Promise<boolean> {
    const added = await this.#use((db) => insertFeedback(db, given, this.options.storeTexts));
    if (added) this.options.metrics.feedback.inc({ action: given.action });
    return added;
  }

  async report(days: number) {
    await this.#recorder.flush();
    return this.#use((database) => report(database, days));
  }

  async *export(days: number): AsyncGenerator<string> {
    await this.#recorder.flush();
    yield* exportLines(await this.#use(async (database) => database), days);
  }

  async erase(documentHash: string) {
    await this.#recorder.flush();
    return this.#use((database) => eraseDocument(database, documentHash));
  }

  async close(): Promise<void> {
    clearInterval(this.#forgetting);
    // A database that is still opening, for the first time for seconds, is not waited for.
    this.#closing.abort();
    await this.#recorder.close();
    this.#closed = true;
    await this.#database?.then(
      (database) => database.close(),
      () => {},
    );
  }

  async #use<T>(work: (database: Database) => Promise<T>): Promise<T> {
    if (this.#closed) throw unavailable();
    this.#database ??= this.#open();
    const opened = this.#database;
    try {
      return await work(await opened);
    } catch (error) {
      if ((await opened.catch(() => undefined))?.lost) this.#database = undefined;
      if (error instanceof ServiceError || isOurs(error)) throw error;
      this.options.warn('feedback database', error);
      throw unavailable(error);
    }
  }

  async #open(): Promise<Database> {
    let database: Database | undefined;
    try {
      database = await this.options.open(this.#closing.signal);
      await migrate(database);
      return database;
    } catch (error) {
      await database?.close().catch(() => {});
      setTimeout(() => {
        this.#database = undefined;
      }, REOPEN_MILLISECONDS).unref();
      throw error;
    }
  }
}

/** Classes of SQLSTATE that mean a wrong statement or value: a fault of this program. */
function isOurs(error: unknown): boolean {
  return /^(22|23|42)\w{3}$/.test(String((error as { code?: unknown }).code ?? ''));
}

const unavailable = (cause?: unknown) =>
  new ServiceError(
    503,
    'feedback_unavailable',
    'The feedback database does not answer; nothing was stored. Try again later.',
    { retryAfter: 5, cause },
  );
