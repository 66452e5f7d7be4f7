import { PrecisClient, PrecisError } from '../client/index.js';
import {
  type Document,
  type Feedback,
  type Suggester,
  type Summary,
  type Trouble,
  Unavailable,
} from './suggester.js';

export interface ServiceOptions {
  /** Address of the service. */
  url: string;
  key?: string | undefined;
  /** `short` is one sentence, `medium` up to two. */
  length?: 'short' | 'medium' | undefined;
}

/** Asks the HTTP service. */
export class ServiceSuggester implements Suggester {
  readonly place = 'service';
  readonly #client: PrecisClient;

  constructor(private readonly options: ServiceOptions) {
    const { url, key } = options;
    this.#client = new PrecisClient({ url, key, fetch: (...request) => fetch(...request) });
  }

  async suggest(document: Document, { signal }: { signal: AbortSignal }): Promise<Summary> {
    const { length = 'short' } = this.options;
    const asked = this.#client.suggest(document, { options: { length }, signal });
    const { summary } = await asked.catch((error) => {
      signal.throwIfAborted();
      throw unavailable(error);
    });
    // Only a request with an etag gets an empty answer.
    return summary as Summary;
  }

  async feedback(feedback: Feedback, options: { idempotencyKey: string }): Promise<void> {
    await this.#client.feedback(feedback, options).catch((error) => {
      throw unavailable(error);
    });
  }
}

function unavailable(error: unknown): Unavailable {
  if (!(error instanceof PrecisError)) {
    return new Unavailable('offline', 'The service could not be reached.');
  }
  return new Unavailable(troubleOf(error), error.message, error.extras.retryAfter);
}

function troubleOf({ status }: PrecisError): Trouble {
  if (status === 401 || status === 403) return 'key';
  if (status === 429) return 'busy';
  // A proxy answers 502 and 504 for a service that is away.
  if (status === 503 || status === 502 || status === 504) return 'starting';
  return status >= 500 ? 'failed' : 'refused';
}
