import { ServiceError } from './errors.js';
import type { Suggester } from './suggester.js';

/** Whether the model can be used, and the model. */
export class Service {
  #suggester: Suggester | undefined;
  #draining = false;
  #reloading: Promise<void> | undefined;
  #next: Promise<void> | undefined;
  #generation = 0;
  readonly loaded: Promise<void>;

  /**
   * @param load loads the model anew; without it there is no reload.
   * @param onReload is told how each reload ended.
   */
  constructor(
    suggester: Suggester | Promise<Suggester>,
    private readonly load?: () => Promise<Suggester>,
    private readonly onReload: (result: 'done' | 'failed') => void = () => {},
  ) {
    this.loaded = Promise.resolve(suggester).then((loaded) => {
      this.#suggester = loaded;
    });
    this.loaded.catch(() => {});
  }

  /** The model, or 503 while it is loading or the service is about to stop. */
  get suggester(): Suggester {
    this.refuseWhenDraining();
    return this.model;
  }

  /** The model for a request that came in before the service began to stop, or 503 while loading. */
  get model(): Suggester {
    if (!this.#suggester) {
      throw new ServiceError(503, 'loading', 'The model is still loading.', { retryAfter: 1 });
    }
    return this.#suggester;
  }

  /** The model even while draining: what was admitted is finished. */
  get current(): Suggester | undefined {
    return this.#suggester;
  }

  /** Counts the models that have answered; a cached answer belongs to one of them. */
  get generation(): number {
    return this.#generation;
  }

  get draining(): boolean {
    return this.#draining;
  }

  refuseWhenDraining(): void {
    if (!this.#draining) return;
    throw new ServiceError(503, 'draining', 'The service is shutting down.', { retryAfter: 1 });
  }

  drain(): void {
    this.#draining = true;
  }

  /**
   * Loads the bundle again and lets the new model answer from then on; the old one finishes what it
   * has. One at a time: who calls meanwhile, since the bundle may have changed since, gets the next one.
   *
   * @throws what loading failed with; the old model goes on.
   */
  reload(): Promise<void> {
    if (this.#reloading) {
      this.#next ??= this.#reloading
        .catch(() => {})
        .then(() => {
          this.#next = undefined;
          return this.reload();
        });
      return this.#next;
    }
    this.#reloading = this.#replace()
      .then(
        () => this.onReload('done'),
        (error) => {
          this.onReload('failed');
          throw error;
        },
      )
      .finally(() => {
        this.#reloading = undefined;
      });
    return this.#reloading;
  }

  async #replace(): Promise<void> {
    const { load } = this;
    if (!load) throw new Error('this service cannot load its model again');
    await this.loaded;
    const next = await load();
    if (this.#draining) return next.close();
    const old = this.#suggester;
    this.#suggester = next;
    this.#generation++;
    await old?.close();
  }

  async close(): Promise<void> {
    await this.loaded.catch(() => {});
    await this.#reloading?.catch(() => {});
    await this.#next?.catch(() => {});
    await this.#suggester?.close();
  }
}
