import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import { Unavailable } from '../../component/suggester.js';
import { type Manifest, manifestSchema } from '../../model/manifest.js';
import type { Progress } from './messages.js';

/** Name of the browser's cache that keeps the model's files. */
const CACHE = 'precis-model';

export interface DownloadOptions {
  /** Address of the service, ending in a slash. */
  service: string;
  key: string;
  onProgress(progress: Progress): void;
}

/** The model's files from the service that serves this page, kept in the browser's cache. */
export class Download {
  #loaded = 0;
  #total = 0;

  private constructor(
    readonly manifest: Manifest,
    private readonly options: DownloadOptions,
    private readonly cache: Cache | undefined,
  ) {}

  /** @throws Unavailable when the service has no such model, wants a key or can't be reached. */
  static async open(options: DownloadOptions): Promise<Download> {
    // Browsers have no such cache for pages over plain HTTP; their own cache of addresses remains.
    const cache = await globalThis.caches?.open(CACHE).catch(() => undefined);
    const response = await request(options, 'v1/model', 'no-cache').catch(async (error) => {
      const kept = await cache?.match(`${options.service}v1/model`);
      if (kept && error instanceof Unreachable) return kept;
      throw error;
    });
    const copy = response.clone();
    const parsed = manifestSchema.safeParse(await response.json().catch(() => null));
    if (!parsed.success) {
      throw new Unavailable('device', 'The service has a model of another version than this page.');
    }
    await cache?.put(`${options.service}v1/model`, copy).catch(() => undefined);
    return new Download(parsed.data, options, cache);
  }

  /**
   * Some of the files the manifest lists, each with the bytes it states.
   *
   * @throws Unavailable when one can't be had, or is not what the manifest says.
   */
  async files<K extends string>(names: readonly K[]): Promise<Record<K, Uint8Array>> {
    const listed = names.map((name) => [name, this.#listed(name)] as const);
    this.#total = listed.reduce((sum, [, { bytes }]) => sum + bytes, 0);
    const found: [string, Uint8Array][] = [];
    for (const [name, { sha256 }] of listed) found.push([name, await this.#file(name, sha256)]);
    await this.#forgetOthers();
    return Object.fromEntries(found) as Record<K, Uint8Array>;
  }

  async #file(name: string, hash: string): Promise<Uint8Array> {
    const path = `v1/model/files/${hash}`;
    const kept = await this.cache?.match(this.options.service + path);
    if (kept) {
      const bytes = new Uint8Array(await kept.arrayBuffer());
      if (isWhole(bytes, hash)) {
        this.#more(bytes.length);
        return bytes;
      }
    }
    const bytes = await this.#stream(await request(this.options, path, 'default'));
    if (!isWhole(bytes, hash)) {
      const message = `The model’s file ${name} arrived damaged. Your text was not sent anywhere.`;
      throw new Unavailable('device', message);
    }
    // A full disk costs a download next time, nothing else.
    await this.cache?.put(this.options.service + path, new Response(bytes)).catch(() => undefined);
    return bytes;
  }

  async #stream({ body }: Response): Promise<Uint8Array<ArrayBuffer>> {
    const parts: Uint8Array<ArrayBuffer>[] = [];
    const reader = (body as ReadableStream<Uint8Array<ArrayBuffer>>).getReader();
    try {
      for (let next = await reader.read(); !next.done; next = await reader.read()) {
        parts.push(next.value);
        this.#more(next.value.length);
      }
    } catch {
      throw new Unreachable();
    }
    return new Uint8Array(await new Blob(parts).arrayBuffer());
  }

  #more(bytes: number): void {
    this.#loaded += bytes;
    this.options.onProgress({ loaded: this.#loaded, total: this.#total });
  }

  #listed(name: string) {
    const file = this.manifest.files[name];
    if (!file) throw new Unavailable('device', `The service’s model lacks ${name}.`);
    return file;
  }

  /** The files of a model that is served no longer. */
  async #forgetOthers(): Promise<void> {
    const hashes = Object.values(this.manifest.files).map(({ sha256 }) => sha256);
    for (const { url } of (await this.cache?.keys()) ?? []) {
      const isFile = url.includes('/v1/model/files/');
      if (isFile && !hashes.some((hash) => url.endsWith(hash))) await this.cache?.delete(url);
    }
  }
}

const isWhole = (bytes: Uint8Array, hash: string) => bytesToHex(sha256(bytes)) === hash;

async function request(
  { service, key }: DownloadOptions,
  path: string,
  cache: RequestCache,
): Promise<Response> {
  const headers: HeadersInit = key ? { authorization: `Bearer ${key}` } : {};
  const response = await fetch(service + path, { headers, cache }).catch(() => {
    throw new Unreachable();
  });
  if (response.ok) return response;
  if (response.status === 401 || response.status === 403) {
    throw new Unavailable('key', 'This service gives its model to holders of a key.');
  }
  if (response.status === 404) {
    throw new Unavailable('device', 'This service has no model that runs in a browser.');
  }
  throw new Unavailable('device', `The service did not give its model (${response.status}).`);
}

class Unreachable extends Unavailable {
  constructor() {
    super(
      'device',
      'The model is not in this browser yet, and the service that has it can’t be reached. Your text was not sent anywhere.',
    );
  }
}
