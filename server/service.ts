import { ServiceError } from './errors.js';
import type { Suggester } from './suggester.js';

/** Whether the model can be used, and the model. */
export class Service {
  #suggester: Suggester | undefined;
  #draining = false;
  readonly loaded: Promise<void>;

  constructor(suggester: Suggester | Promise<Suggester>) {
    this.loaded = Promise.resolve(suggester).then((loaded) => {
      this.#suggester = loaded;
    });
    this.loaded.catch(() => {});
  }

  /** The model, or 503 while it is loading or the service is about to stop. */
  get suggester(): Suggester {
    this.refuseWhenDraining();
    if (!this.#suggester) throw new ServiceError(503, 'loading', 'The model is still loading.');
    return this.#suggester;
  }

  get draining(): boolean {
    return this.#draining;
  }

  refuseWhenDraining(): void {
    if (this.#draining) throw new ServiceError(503, 'draining', 'The service is shutting down.');
  }

  drain(): void {
    this.#draining = true;
  }

  async close(): Promise<void> {
    await this.loaded.catch(() => {});
    await this.#suggester?.close();
  }
}
