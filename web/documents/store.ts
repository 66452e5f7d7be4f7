import type { JSONContent } from '@tiptap/core';
import { type DBSchema, type IDBPDatabase, openDB } from 'idb';
import type { Answer } from '../../component/assistant.js';

/** A document as this browser keeps it. */
export interface StoredDocument {
  id: string;
  title: string;
  /** Of the editor; null while nothing was written. */
  content: JSONContent | null;
  /** What is known of its summary. */
  answer: Answer | null;
  /** Milliseconds since 1970. */
  updated: number;
  /** Counts the times it was saved. */
  revision: number;
}

interface Schema extends DBSchema {
  documents: { key: string; value: StoredDocument };
}

const DRAFT = 'precis.draft';

/** Documents in this browser. */
export class Store {
  private constructor(private readonly database: IDBPDatabase<Schema> | null) {}

  static async open(): Promise<Store> {
    const database = await openDB<Schema>('precis', 1, {
      upgrade: (fresh) => {
        fresh.createObjectStore('documents', { keyPath: 'id' });
      },
    }).catch(() => null);
    const store = new Store(database);
    await store.#takeDraft();
    return store;
  }

  /** False where the browser keeps nothing, such as in some private windows. */
  get keeps(): boolean {
    return this.database !== null;
  }

  /** Newest first. */
  async list(): Promise<StoredDocument[]> {
    const all = (await this.database?.getAll('documents')) ?? [];
    return all.sort((a, b) => b.updated - a.updated);
  }

  async get(id: string): Promise<StoredDocument | undefined> {
    return this.database?.get('documents', id);
  }

  /**
   * Saves what was loaded at its revision; when another tab has saved since, as a document of its own,
   * so that neither is lost.
   */
  async save(document: StoredDocument): Promise<StoredDocument> {
    if (!this.database) throw new Error('This browser keeps nothing for this page.');
    const { store, done } = this.database.transaction('documents', 'readwrite');
    const kept = await store.get(document.id);
    const conflict = kept !== undefined && kept.revision !== document.revision;
    const saved = {
      ...document,
      ...(conflict ? { id: newId(), title: `${document.title} (other tab)` } : {}),
      updated: Date.now(),
      revision: document.revision + 1,
    };
    await store.put(saved);
    await done;
    localStorage.removeItem(DRAFT);
    return saved;
  }

  async delete(id: string): Promise<void> {
    await this.database?.delete('documents', id);
  }

  /** When the page goes there is no time for the database: what is unsaved is kept at once. */
  keepDraft(document: StoredDocument): void {
    try {
      localStorage.setItem(DRAFT, JSON.stringify(document));
    } catch {
      // Larger than the quota: the database gets it if the browser leaves it the time.
    }
  }

  async #takeDraft(): Promise<void> {
    const draft = localStorage.getItem(DRAFT);
    if (!draft || !this.database) return;
    await this.save(JSON.parse(draft) as StoredDocument).catch(() => undefined);
    localStorage.removeItem(DRAFT);
  }
}

/** `crypto.randomUUID` is missing where the service is reached over plain HTTP. */
export const newId = () =>
  [...crypto.getRandomValues(new Uint8Array(12))]
    .map((byte) => byte.toString(16).padStart(2, '0'))
    .join('');

export const newDocument = (): StoredDocument => ({
  id: newId(),
  title: '',
  content: null,
  answer: null,
  updated: Date.now(),
  revision: 0,
});
