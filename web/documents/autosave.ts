import type { Store, StoredDocument } from './store.js';

/** Milliseconds after a change; a crash of the browser costs that much. */
const SOON = 400;

export type SaveState = 'saved' | 'saving' | 'failed';

/** Saves the open document soon after each change, and at once when the page goes. */
export class Autosave {
  #timer: ReturnType<typeof setTimeout> | undefined;
  #dirty = false;
  #saving: Promise<void> = Promise.resolve();

  /**
   * @param current the document as it is now.
   * @param onState told with the saved document, whose id is a new one after a conflict.
   */
  constructor(
    private readonly store: Store,
    private readonly current: () => StoredDocument,
    private readonly onState: (state: SaveState, saved?: StoredDocument) => void,
  ) {
    addEventListener('pagehide', this.#leave);
    document.addEventListener('visibilitychange', this.#leave);
  }

  changed(): void {
    if (!this.#dirty) this.onState('saving');
    this.#dirty = true;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), SOON);
  }

  /** Resolves once everything is on disk. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#saving = this.#saving.then(() => this.#save());
    return this.#saving;
  }

  async #save(): Promise<void> {
    if (!this.#dirty) return;
    this.#dirty = false;
    try {
      this.onState('saved', await this.store.save(this.current()));
    } catch {
      this.#dirty = true;
      this.onState('failed');
    }
  }

  #leave = ({ type }: Event) => {
    if (!this.#dirty || (type !== 'pagehide' && document.visibilityState !== 'hidden')) return;
    this.store.keepDraft(this.current());
    void this.flush();
  };
}
