import { html, nothing } from 'lit';
import type { Assistant } from './assistant.js';
import { againIcon, suggestionIcon } from './icons.js';

export interface ButtonOptions {
  /** Whether the card is open. */
  open: boolean;
  toggle(): void;
  check(): void;
}

/** The blue icon when there is a suggestion, the offer of another when the document has changed. */
export function button({ phase, stale }: Assistant, { open, toggle, check }: ButtonOptions) {
  if (phase === 'available') {
    return html`<button
      class="icon"
      part="icon"
      aria-label="Suggested summary"
      aria-haspopup="dialog"
      aria-expanded=${open ? 'true' : 'false'}
      aria-keyshortcuts="Alt+Shift+S"
      title="Suggested summary (Alt+Shift+S)"
      @click=${toggle}
    >
      ${suggestionIcon}
    </button>`;
  }
  if (phase === 'resolved' && stale) {
    return html`<button class="offer" part="offer" @click=${check}>
      ${againIcon} Check for a new summary
    </button>`;
  }
  return nothing;
}
