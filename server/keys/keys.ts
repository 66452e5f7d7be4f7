import { ServiceError } from '../errors.js';
import { readKeys, versionOf } from './file.js';
import { isExpired, isSecretOf, mayUse, type Scope, type StoredKey } from './key.js';

/** How long a new or deleted key may go unnoticed. */
const LOOK_AGAIN_MILLISECONDS = 1000;

/** Who may do what. Follows its file; once there were keys, no request goes without one. */
export class Keys {
  #keys: StoredKey[] = [];
  #version: string | null = null;
  #looked = Number.NEGATIVE_INFINITY;
  #required = false;

  private constructor(
    private readonly path: string | undefined,
    private readonly warn: (problem: string) => void,
  ) {}

  /** @throws Error when the file is there and cannot be read. */
  static async open(path: string | undefined, warn: (problem: string) => void): Promise<Keys> {
    const keys = new Keys(path, warn);
    if (path !== undefined) keys.#take(await readKeys(path), await versionOf(path));
    return keys;
  }

  get required(): boolean {
    return this.#required;
  }

  /**
   * The key of an `Authorization` header; null where none is needed.
   *
   * @throws ServiceError 401 without a valid key, 403 when it may not do this.
   */
  async authorize(header: string | undefined, wanted: Scope): Promise<StoredKey | null> {
    await this.#follow();
    if (!this.#required) return null;
    const secret = /^Bearer\s+(\S+)$/i.exec(header ?? '')?.[1];
    if (!secret) throw unauthorized('Send an API key: `Authorization: Bearer precis_…`.');
    const id = /^precis_([0-9a-f]{8})_/.exec(secret)?.[1];
    const key = this.#keys.find((candidate) => candidate.id === id);
    if (!key || !isSecretOf(key, secret)) throw unauthorized('The API key is not known here.');
    if (isExpired(key, new Date())) throw unauthorized('The API key has expired.');
    if (mayUse(key, wanted)) return key;
    throw new ServiceError(403, 'forbidden', `The API key lacks the scope ${wanted}.`);
  }

  async #follow(): Promise<void> {
    const now = performance.now();
    if (this.path === undefined || now - this.#looked < LOOK_AGAIN_MILLISECONDS) return;
    this.#looked = now;
    const version = await versionOf(this.path);
    if (version === this.#version) return;
    try {
      this.#take(await readKeys(this.path), version);
    } catch (error) {
      // A damaged file neither opens the door nor locks out those who had keys.
      this.warn((error as Error).message);
    }
  }

  #take(keys: StoredKey[], version: string | null): void {
    this.#keys = keys;
    this.#version = version;
    this.#required ||= keys.length > 0;
  }
}

const unauthorized = (message: string) => new ServiceError(401, 'unauthorized', message);
