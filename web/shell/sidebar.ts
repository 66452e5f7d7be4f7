import type { Editor } from '@tiptap/core';
import { html, nothing, render } from 'lit';
import type { Phase } from '../../component/assistant.js';
import type { Trouble } from '../../component/suggester.js';
import type { SaveState } from '../documents/autosave.js';
import type { StoredDocument } from '../documents/store.js';
import { goTo } from '../editor/editor.js';
import { outlineOf } from '../editor/outline.js';
import type { KeptSummary } from '../editor/summary.js';
import { type Place, placeChoice } from './place.js';

export interface SidebarState {
  editor: Editor;
  summary: KeptSummary | null;
  documents: readonly StoredDocument[];
  open: string;
  saveState: SaveState;
  phase: Phase;
  trouble: Trouble | null;
  place: Place;
  /** Opens the card, also when there is no suggestion. */
  explain(): void;
  remove(id: string): void;
}

const saved: Record<SaveState, string> = {
  saved: 'Saved in this browser',
  saving: 'Saving …',
  failed: 'Not saved: this browser’s storage is full or off',
};

const troubles: Record<Trouble, string> = {
  offline: 'Offline',
  busy: 'Suggestions wait: the service is busy',
  starting: 'Suggestions wait: the service is starting',
  key: 'Suggestions need a key',
  refused: 'No suggestion',
  device: 'No model on this device',
  failed: 'Suggestions wait: the service failed',
};

export function renderSidebar(root: HTMLElement, state: SidebarState): void {
  render(
    html`<div class="side-inner">
      ${outline(state)} ${documents(state)}
      <footer>
        ${placeChoice(state.place)}
        <p class="saved">${saved[state.saveState]}</p>
        <button class="about" @click=${state.explain} data-phase=${state.phase}>
          ${state.trouble ? troubles[state.trouble] : 'About the summary'}
        </button>
      </footer>
    </div>`,
    root,
  );
}

function outline({ editor, summary }: SidebarState) {
  const entries = outlineOf(editor.state.doc);
  return html`<nav class="outline" aria-labelledby="outline-title">
    <h2 id="outline-title">Outline</h2>
    ${
      summary
        ? html`<button class="outline-summary" @click=${() => goTo(editor, summary.position)}>
          <strong>Summary</strong>
          <span>${summary.text}</span>
        </button>`
        : nothing
    }
    ${
      entries.length > 0
        ? html`<ul>
          ${entries.map(
            ({ level, text, position }) => html`<li data-level=${level}>
              <button @click=${() => goTo(editor, position)}>${text}</button>
            </li>`,
          )}
        </ul>`
        : html`<p class="empty">Headings of the document stand here.</p>`
    }
  </nav>`;
}

function documents({ documents, open, remove }: SidebarState) {
  if (documents.length < 2) return nothing;
  const name = (each: StoredDocument) => each.title || 'Untitled';
  const ask = (each: StoredDocument) => {
    if (confirm(`Delete “${name(each)}” from this browser?`)) remove(each.id);
  };
  return html`<nav class="documents" aria-labelledby="documents-title">
    <h2 id="documents-title">Documents</h2>
    <ul>
      ${documents.map(
        (each) => html`<li>
          <a href="#${each.id}" aria-current=${each.id === open ? 'page' : nothing}>
            ${name(each)}
          </a>
          <button class="delete" aria-label="Delete ${name(each)}" @click=${() => ask(each)}>
            <svg viewBox="0 0 24 24" aria-hidden="true"><path d="M7 7l10 10M17 7L7 17" /></svg>
          </button>
        </li>`,
      )}
    </ul>
  </nav>`;
}
