import type { z } from 'zod';
import type { batchItem, batchRow } from '../server/batch/row.js';
import type { fileContent } from '../server/schemas/documents.js';
import type {
  erased,
  feedbackReceipt,
  feedbackReport,
  feedbackRequest,
} from '../server/schemas/feedback.js';
import type { info } from '../server/schemas/info.js';
import type { documentInput, summary, summaryOptions } from '../server/schemas/summaries.js';
import type { uploadForm } from '../server/schemas/upload.js';
import { errorOf } from './error.js';
import { readLines } from './lines.js';

export { PrecisError } from './error.js';

export type Document = z.input<typeof documentInput>;
export type Options = z.input<typeof summaryOptions>;
export type FileFormat = NonNullable<z.input<typeof uploadForm>['format']>;
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

export interface FileOptions extends SuggestOptions {
  /** Name with extension; that of a `File` when left out. */
  name?: string | undefined;
  /** In place of the one in the file. */
  title?: string | undefined;
  /** What the file is; its bytes and its name tell when left out. */
  format?: FileFormat | undefined;
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

  async suggest(document: Document, { options, ...how }: SuggestOptions = {}) {
    const body = JSON.stringify({ document, ...(options ? { options } : {}) });
    return this.#suggest(body, { 'content-type': 'application/json' }, how);
  }

  /** A file (docx, odt, pptx, pdf, html, …): `sources` are ranges of its extracted text. */
  async suggestFile(file: Blob, { name, title, format, options, ...how }: FileOptions = {}) {
    const body = formOf(file, name);
    for (const [field, value] of Object.entries({ title, format, ...options })) {
      if (value !== undefined) body.set(field, String(value));
    }
    // `fetch` writes the content type: it has the boundary in it.
    return this.#suggest(body, {}, how);
  }

  /** Answers in the order of the documents, each as soon as it is there. */
  async *batch(
    items: Iterable<BatchItem>,
    { options = {}, signal }: CallOptions & { options?: Options } = {},
  ): AsyncGenerator<BatchRow> {
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries(options)) {
      if (value !== undefined) query.set(name, String(value));
    }
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
  async read(
    file: Blob,
    { name, signal }: CallOptions & { name?: string } = {},
  ): Promise<FileContent> {
    const body = formOf(file, name);
    const response = await this.#send('POST', '/v1/documents', { body, signal });
    return (await response.json()) as FileContent;
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

  async #suggest(
    body: string | FormData,
    headers: Record<string, string>,
    { wait, etag, signal }: Omit<SuggestOptions, 'options'>,
  ) {
    if (wait !== undefined) headers.prefer = `wait=${wait}`;
    if (etag !== undefined) headers['if-none-match'] = etag;
    const response = await this.#send('POST', '/v1/summaries', { headers, body, signal });
    const summary = response.status === 304 ? null : ((await response.json()) as Summary);
    return { summary, etag: response.headers.get('etag') };
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

/** A form with the file and its name, of which the service tells what it is when its bytes do not. */
function formOf(file: Blob, name = file instanceof File ? file.name : undefined): FormData {
  const form = new FormData();
  if (name === undefined) form.set('file', file);
  else form.set('file', file, name);
  return form;
}
