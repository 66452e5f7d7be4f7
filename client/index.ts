import type { z } from 'zod';
import type { batchItem, batchRow } from '../server/batch/row.js';
import type { fileContent } from '../server/schemas/documents.js';
import type { Problem, Quota } from '../server/schemas/error.js';
import type {
  erased,
  feedbackReceipt,
  feedbackReport,
  feedbackRequest,
} from '../server/schemas/feedback.js';
import type { info } from '../server/schemas/info.js';
import type { documentInput, summary, summaryOptions } from '../server/schemas/summaries.js';
import { readLines } from './lines.js';

export type Document = z.input<typeof documentInput>;
export type Options = z.input<typeof summaryOptions>;
export type Summary = z.output<typeof summary>;
export type BatchItem = z.input<typeof batchItem>;
export type BatchRow = z.output<typeof batchRow>;
export type Feedback = z.input<typeof feedbackRequest>;
export type FeedbackReport = z.output<typeof feedbackReport>;
export type Info = z.output<typeof info>;
export type FileContent = z.output<typeof fileContent>;

export interface ClientOptions {
  /** Address of the service, such as `http://127.0.0.1:8080`. */
  url: string;
  /** API key, where the service asks for one. */
  key?: string | undefined;
  fetch?: typeof fetch | undefined;
}

export interface CallOptions {
  /** Ends the request; the service stops working on it. */
  signal?: AbortSignal | undefined;
}

export interface SuggestOptions extends CallOptions {
  options?: Options | undefined;
  /** Give up with the error `timeout` after so many seconds. */
  wait?: number | undefined;
  /** `etag` of the answer you have: `summary` is null while it is still the answer. */
  etag?: string | undefined;
}

/** An answer of the service that is an error. */
export class PrecisError extends Error {
  override readonly name = 'PrecisError';

  constructor(
    readonly status: number,
    /** Stable name, such as `busy` or `invalid`. */
    readonly code: string,
    message: string,
    readonly extras: {
      details?: Problem[] | Quota | undefined;
      requestId?: string | undefined;
      /** Seconds after which the same request may succeed. */
      retryAfter?: number | undefined;
    } = {},
  ) {
    super(message);
  }
}

/**
 * Client of the HTTP service; needs nothing but `fetch`, in browsers and in Node.
 *
 * ```js
 * const precis = new PrecisClient({ url: 'http://127.0.0.1:8080' });
 * const { summary } = await precis.suggest({ text });
 * if (summary.suggestion) await precis.feedback({ suggestionId: summary.suggestion.id, action: 'accepted' });
 * ```
 */
export class PrecisClient {
  constructor(private readonly options: ClientOptions) {}

  async suggest(document: Document, { options, wait, etag, signal }: SuggestOptions = {}) {
    const headers: Record<string, string> = { 'content-type': 'application/json' };
    if (wait !== undefined) headers.prefer = `wait=${wait}`;
    if (etag !== undefined) headers['if-none-match'] = etag;
    const body = JSON.stringify({ document, ...(options ? { options } : {}) });
    const response = await this.#send('POST', '/v1/summaries', { headers, body, signal });
    const summary = response.status === 304 ? null : ((await response.json()) as Summary);
    return { summary, etag: response.headers.get('etag') };
  }

  /** Answers in the order of the documents, each as soon as it is there. */
  async *batch(
    items: Iterable<BatchItem>,
    { options = {}, signal }: CallOptions & { options?: Options } = {},
  ): AsyncGenerator<BatchRow> {
    const query = new URLSearchParams(
      Object.entries(options).map(([name, value]): [string, string] => [name, String(value)]),
    );
    const body = [...items].map((item) => `${JSON.stringify(item)}\n`).join('');
    const headers = { 'content-type': 'application/x-ndjson' };
    const path = `/v1/summaries/batch?${query}`;
    const response = await this.#send('POST', path, { headers, body, signal });
    if (!response.body) return;
    for await (const line of readLines(response.body)) yield JSON.parse(line) as BatchRow;
  }

  /** @param idempotencyKey send the same again with the same key: it is stored once. */
  async feedback(
    feedback: Feedback,
    { idempotencyKey, signal }: CallOptions & { idempotencyKey?: string } = {},
  ) {
    const headers: Record<string, string> = { 'content-type': 'application/json' };
    if (idempotencyKey !== undefined) headers['idempotency-key'] = idempotencyKey;
    const body = JSON.stringify(feedback);
    const response = await this.#send('POST', '/v1/feedback', { headers, body, signal });
    return (await response.json()) as z.output<typeof feedbackReceipt>;
  }

  /** Reads a file (docx, odt, pptx, pdf, html, …) to its title and blocks. */
  async read(file: Blob, { name, signal }: CallOptions & { name: string }): Promise<FileContent> {
    const body = new FormData();
    body.set('file', file, name);
    return (await (
      await this.#send('POST', '/v1/documents', { body, signal })
    ).json()) as FileContent;
  }

  async report(days = 30, { signal }: CallOptions = {}): Promise<FeedbackReport> {
    const response = await this.#send('GET', `/v1/feedback/report?days=${days}`, { signal });
    return (await response.json()) as FeedbackReport;
  }

  /** Deletes everything recorded about a document. */
  async erase(documentHash: string, { signal }: CallOptions = {}) {
    const query = new URLSearchParams({ documentHash });
    const response = await this.#send('DELETE', `/v1/feedback?${query}`, { signal });
    return (await response.json()) as z.output<typeof erased>;
  }

  async info({ signal }: CallOptions = {}): Promise<Info> {
    return (await (await this.#send('GET', '/v1/info', { signal })).json()) as Info;
  }

  async #send(
    method: string,
    path: string,
    {
      headers = {},
      body,
      signal,
    }: { headers?: Record<string, string>; body?: string | FormData } & CallOptions,
  ): Promise<Response> {
    const { url, key, fetch: send = fetch } = this.options;
    const response = await send(new URL(path, url), {
      method,
      headers: key ? { ...headers, authorization: `Bearer ${key}` } : headers,
      ...(body === undefined ? {} : { body }),
      ...(signal ? { signal } : {}),
    });
    if (response.ok || response.status === 304) return response;
    throw await errorOf(response);
  }
}

async function errorOf(response: Response): Promise<PrecisError> {
  const unknown = { error: { code: 'unknown', message: `HTTP ${response.status}` } };
  const { error, requestId } = (await response.json().catch(() => unknown)) as ErrorBody;
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  const retryAfter = Number.isNaN(seconds) ? undefined : seconds;
  const { code, message, details } = error;
  return new PrecisError(response.status, code, message, { details, requestId, retryAfter });
}

interface ErrorBody {
  error: { code: string; message: string; details?: Problem[] | Quota };
  requestId?: string;
}
