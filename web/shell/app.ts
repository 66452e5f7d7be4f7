import type { Editor } from '@tiptap/core';
import type { Trouble } from '../../component/suggester.js';
import { Autosave, type SaveState } from '../documents/autosave.js';
import { newDocument, type Store, type StoredDocument } from '../documents/store.js';
import { contentOf, createEditor, load } from '../editor/editor.js';
import { summaryOf } from '../editor/summary.js';
import { importFile } from '../import/import.js';
import { receiveFiles } from './drop.js';
import { readKey, storeKey } from './key.js';
import { layout } from './layout.js';
import { type Notice, renderNotice } from './notice.js';
import { Place } from './place.js';
import { renderSidebar } from './sidebar.js';
import { Suggesting } from './suggesting.js';
import { renderToolbar } from './toolbar.js';

/** The page: one open document, its editor, and what stands around it. */
export class App {
  readonly #places = layout(document.getElementById('app') as HTMLElement);
  readonly #autosave: Autosave;
  readonly #editor: Editor;
  readonly #suggesting: Suggesting;
  readonly #place: Place;
  #open: StoredDocument = newDocument();
  #documents: StoredDocument[] = [];
  #saveState: SaveState = 'saved';
  #notice: Notice | null = null;
  #scheduled = false;

  constructor(private readonly store: Store) {
    const { sheet, suggestion } = this.#places;
    suggestion.key = readKey();
    this.#place = new Place(suggestion, () => this.#render());
    this.#editor = createEditor({
      element: sheet,
      content: null,
      onUpdate: () => this.#onEdit(),
      onTransaction: () => this.#render(),
    });
    this.#autosave = new Autosave(store, () => this.#current(), this.#onSaved);
    this.#suggesting = new Suggesting(this.#editor, suggestion, () => {
      // A page that was only looked at is no document.
      if (this.#open.revision > 0 || this.#editor.state.doc.textContent) this.#autosave.changed();
      this.#render();
    });
    suggestion.addEventListener('key', ({ detail }) => storeKey(detail.key));
    receiveFiles(this.#places.drop, (files) => void this.import(files));
    addEventListener('hashchange', () => void this.#follow());
  }

  async start(): Promise<void> {
    this.#documents = await this.store.list();
    if (!this.store.keeps) {
      this.#tell('This browser keeps nothing for this page: your text is gone when you close it.');
    }
    await this.#follow();
    document.body.dataset.ready = '';
  }

  async create(): Promise<void> {
    await this.#autosave.flush();
    this.#show(newDocument());
    this.#editor.commands.focus('start');
  }

  async import(files: readonly File[]): Promise<void> {
    const [file] = files;
    if (!file) return;
    this.#tell(`Reading ${file.name} …`, 'busy');
    try {
      const { element, title, truncated } = await importFile(file, {
        key: readKey() || undefined,
        stay: this.#place.onDevice,
      });
      await this.#autosave.flush();
      const content = contentOf(this.#editor, element);
      this.#show({ ...newDocument(), title, content });
      this.#autosave.changed();
      if (truncated) this.#tell(`${file.name} is long: only its first part was imported.`);
      else this.#dismissNotice();
    } catch (error) {
      this.#tell((error as Error).message);
    }
  }

  async remove(id: string): Promise<void> {
    await this.#autosave.flush();
    await this.store.delete(id);
    this.#documents = await this.store.list();
    if (id === this.#open.id) this.#show(this.#documents[0] ?? newDocument());
    this.#render();
  }

  /** The document that the address names, else the last one. */
  async #follow(): Promise<void> {
    const id = location.hash.slice(1);
    if (id !== '' && id === this.#open.id) return;
    await this.#autosave.flush();
    const found = id === '' ? undefined : await this.store.get(id);
    this.#show(found ?? (await this.store.list())[0] ?? newDocument());
  }

  #show(stored: StoredDocument): void {
    this.#open = stored;
    history.replaceState(null, '', `#${stored.id}`);
    load(this.#editor, stored.content);
    this.#suggesting.restore(stored.answer);
    scrollTo({ top: 0 });
    this.#render();
  }

  #current(): StoredDocument {
    const { doc } = this.#editor.state;
    return {
      ...this.#open,
      title: doc.firstChild?.textContent ?? '',
      content: this.#editor.getJSON(),
      answer: this.#places.suggestion.answer,
    };
  }

  #onEdit(): void {
    this.#autosave.changed();
    this.#suggesting.changed();
  }

  #onSaved = (state: SaveState, saved?: StoredDocument) => {
    this.#saveState = state;
    if (saved) {
      if (saved.id !== this.#open.id) {
        this.#tell('This document was changed in another tab. Your version is kept beside it.');
      }
      const { id, revision, updated, title } = saved;
      const fresh = !this.#documents.some((each) => each.id === id);
      this.#open = { ...this.#open, id, revision };
      history.replaceState(null, '', `#${id}`);
      this.#documents = fresh
        ? [saved, ...this.#documents]
        : this.#documents.map((each) => (each.id === id ? { ...each, title, updated } : each));
    }
    this.#render();
  };

  #tell(text: string, kind: Notice['kind'] = 'problem'): void {
    this.#notice = { text, kind };
    this.#render();
  }

  #dismissNotice = () => {
    this.#notice = null;
    this.#render();
  };

  /** Everything around the text, at most once a frame. */
  #render(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    requestAnimationFrame(() => {
      this.#scheduled = false;
      this.#renderNow();
    });
  }

  #renderNow(): void {
    const { toolbar, sidebar, notice, suggestion } = this.#places;
    const { doc } = this.#editor.state;
    const title = doc.firstChild?.textContent ?? '';
    document.title = title ? `${title} · Precis` : 'Precis';
    const { phase, trouble } = suggestion.assistant;
    renderToolbar(toolbar, this.#editor, {
      create: () => void this.create(),
      import: (files) => void this.import(files),
    });
    renderSidebar(sidebar, {
      editor: this.#editor,
      summary: summaryOf(doc),
      documents: this.#documents,
      open: this.#open.id,
      saveState: this.#saveState,
      phase,
      trouble: phase === 'trouble' ? ((trouble?.trouble ?? null) as Trouble | null) : null,
      place: this.#place,
      explain: () => void suggestion.show(),
      remove: (id) => void this.remove(id),
    });
    renderNotice(notice, this.#notice, this.#dismissNotice);
  }
}
