import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Request {
  url: string;
  method: string;
  headers: { [name: string]: string };
  body: unknown;
  options: { [name: string]: unknown };
}

export interface Response {
  status: number;
  body: unknown;
  headers?: { [name: string]: string };
}

/** Properties: only strings, 9 kB each, 500 kB together. */
export class FakeProperties {
  readonly values = new Map<string, string>();

  getProperty = (name: string) => this.values.get(name) ?? null;
  getKeys = () => [...this.values.keys()];
  deleteProperty = (name: string) => void this.values.delete(name);

  setProperty(name: string, value: unknown): void {
    if (typeof value !== 'string') throw new Error('Invalid argument: value');
    if (Buffer.byteLength(value) > 9 * 1024) throw new Error('Argument too large: value');
    this.values.set(name, value);
    let bytes = 0;
    for (const each of this.values.values()) bytes += Buffer.byteLength(each);
    if (bytes > 500 * 1024) throw new Error('You have exceeded the property storage quota.');
  }
}

/** UrlFetchApp: throws for an unknown option, and for an error status unless told not to. */
export class FakeFetch {
  readonly requests: Request[] = [];
  answer: (request: Request) => Response = () => ({ status: 200, body: {} });

  fetch(url: string, options: { [name: string]: unknown } = {}) {
    for (const name of Object.keys(options)) {
      if (!KNOWN.includes(name)) throw new Error(`Attribute provided with no value: ${name}`);
    }
    const { method = 'get', payload, headers = {}, muteHttpExceptions } = options;
    if (payload !== undefined && typeof payload !== 'string') throw new Error('Bad payload');
    const request: Request = {
      url,
      method: String(method),
      headers: headers as Request['headers'],
      body: payload === undefined ? undefined : JSON.parse(payload),
      options,
    };
    this.requests.push(request);
    const { status, body, headers: given = {} } = this.answer(request);
    if (status >= 400 && !muteHttpExceptions) {
      throw new Error(`Request failed for ${url} returned code ${status}.`);
    }
    return {
      getResponseCode: () => status,
      getContentText: () => (typeof body === 'string' ? body : JSON.stringify(body)),
      getAllHeaders: () => given,
    };
  }
}

const KNOWN = [
  'contentType',
  'headers',
  'method',
  'payload',
  'muteHttpExceptions',
  'followRedirects',
  'validateHttpsCertificates',
];

export class FakeHtml {
  constructor(private readonly folder: string) {}

  createHtmlOutput = (content: string) => new FakeOutput(content);

  createHtmlOutputFromFile(name: string): FakeOutput {
    try {
      return new FakeOutput(readFileSync(join(this.folder, `${name}.html`), 'utf8'));
    } catch {
      throw new Error(`No HTML file named ${name} was found.`);
    }
  }
}

class FakeOutput {
  title = '';

  constructor(readonly content: string) {}

  getContent = () => this.content;

  setTitle(title: string): this {
    this.title = title;
    return this;
  }
}

export const Utilities = {
  DigestAlgorithm: { SHA_256: { toString: () => 'SHA_256' } },
  Charset: { UTF_8: { toString: () => 'UTF_8' } },
  /** Bytes come signed. */
  computeDigest(algorithm: object, text: string, charset: object): number[] {
    if (String(algorithm) !== 'SHA_256' || String(charset) !== 'UTF_8') throw new Error('Not here');
    return [...new Int8Array(createHash('sha256').update(text).digest())];
  },
};
