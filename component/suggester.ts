import type { Document, Feedback, Summary } from '../client/index.js';

export type { Document, Feedback, Summary };
export type Suggestion = NonNullable<Summary['suggestion']>;
export type Source = Suggestion['sources'][number];

/** Who answers: the service over HTTP, or a model in this page. */
export interface Suggester {
  /** Where the document is read; `device` promises that it leaves the page for nobody. */
  readonly place: 'service' | 'device';
  /**
   * @param signal ends the work; the promise rejects with its reason.
   * @throws Unavailable when there can be no answer now.
   */
  suggest(document: Document, options: { signal: AbortSignal }): Promise<Summary>;
  /** Says what the writer did. Without it nothing is told to anyone. */
  feedback?(feedback: Feedback, options: { idempotencyKey: string }): Promise<void>;
}

export type Trouble =
  /** No connection, or nobody answers. */
  | 'offline'
  /** Too many documents wait, or the key's requests of this minute are used up. */
  | 'busy'
  /** The service is loading its model, or about to stop. */
  | 'starting'
  /** A key is needed, or this one is not good. */
  | 'key'
  /** This document is not taken, however often it is sent. */
  | 'refused'
  /** The model does not run in this browser, or could not be loaded. */
  | 'device'
  | 'failed';

/** There is no answer, and what to do about it. */
export class Unavailable extends Error {
  override readonly name = 'Unavailable';

  constructor(
    readonly trouble: Trouble,
    message: string,
    /** Seconds after which the same request may succeed. */
    readonly retryAfter?: number,
  ) {
    super(message);
  }
}
