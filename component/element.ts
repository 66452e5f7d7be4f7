import { html, LitElement, nothing } from 'lit';
import { type Answer, Assistant } from './assistant.js';
import { type CardActions, card } from './card.js';
import type { SuggestionEvents } from './events.js';
import { againIcon, suggestionIcon } from './icons.js';
import { ServiceSuggester } from './service.js';
import { styles } from './styles.js';
import type { Document, Source, Suggester } from './suggester.js';
import { isTextField, textFieldDocument } from './text-field.js';

/**
 * `<precis-suggestion service="https://…" for="id-of-textarea">`: a blue icon when there is a
 * suggestion for the text, and a card to accept, edit or dismiss it. Any other editor sets `document`
 * and calls `changed()`. Its place keeps its size whether the icon is there or not.
 */
export class PrecisSuggestion extends LitElement {
  static override styles = styles;
  static override shadowRootOptions = { ...LitElement.shadowRootOptions, delegatesFocus: false };
  static override properties = {
    service: {},
    key: {},
    for: {},
    length: {},
    manual: { type: Boolean },
    open: { state: true },
    editing: { state: true },
    said: { state: true },
  };

  /** Address of the service; the page's own when left out. */
  declare service: string;
  /** API key, where the service asks for one. */
  declare key: string;
  /** Id of a textarea or input to read. */
  declare for: string;
  declare length: 'short' | 'medium';
  /** Asks only when `check()` is called. */
  declare manual: boolean;
  declare protected open: boolean;
  declare protected editing: boolean;
  declare protected said: string;

  readonly assistant = new Assistant();
  #given: Suggester | undefined;
  #document: (() => Document) | undefined;
  #field: HTMLElement | null = null;
  /** Who had the focus before the card. */
  #before: HTMLElement | null = null;
  #phase = this.assistant.phase;

  constructor() {
    super();
    this.service = '';
    this.key = '';
    this.for = '';
    this.length = 'short';
    this.manual = false;
    this.open = false;
    this.editing = false;
    this.said = '';
    this.assistant.addEventListener('change', () => this.#onChange());
  }

  /** Answers instead of the service. */
  get suggester(): Suggester | undefined {
    return this.#given;
  }

  set suggester(suggester: Suggester | undefined) {
    this.#given = suggester;
    this.#connect();
  }

  /** The document, or how to get it; offsets of sources are offsets in its text. */
  set document(document: Document | (() => Document)) {
    this.#document = typeof document === 'function' ? document : () => document;
    this.assistant.read = this.#document;
    this.changed({ now: true });
  }

  /** To be kept with the document; `restore` takes it back. */
  get answer(): Answer | null {
    return this.assistant.answer;
  }

  /** Another document, or the same with what was known of it. */
  restore(answer: Answer | null): void {
    this.close();
    this.assistant.restore(answer);
  }

  /** The document was edited; cheap, to be called for each change. */
  changed(options?: { now?: boolean }): void {
    if (this.isConnected) this.assistant.changed(options);
  }

  /** Asks now. */
  check(): Promise<void> {
    return this.assistant.check();
  }

  /** Opens the card, whatever there is to say, and puts the focus into it. */
  async show(): Promise<void> {
    if (!this.open) this.#before = deepActive();
    this.open = true;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('.card')?.focus();
  }

  close(): void {
    if (!this.open) return;
    const within = this.shadowRoot?.activeElement != null;
    this.open = false;
    this.editing = false;
    this.#highlight([]);
    if (within) this.#giveFocusBack();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('online', this.#onOnline);
    window.addEventListener('keydown', this.#onShortcut);
    this.changed({ now: true });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.assistant.stop();
    this.#field?.removeEventListener('input', this.#onInput);
    window.removeEventListener('online', this.#onOnline);
    window.removeEventListener('keydown', this.#onShortcut);
  }

  override willUpdate(changed: Map<string, unknown>): void {
    this.assistant.manual = this.manual;
    if (['service', 'key', 'length'].some((name) => changed.has(name))) this.#connect();
    if (changed.has('for')) this.#follow();
  }

  override render() {
    const { assistant } = this;
    return html`${this.#button()}
      ${
        this.open
          ? html`<div
            class="card"
            part="card"
            id="card"
            role="dialog"
            tabindex="-1"
            aria-labelledby="title"
            aria-describedby=${this.editing ? nothing : 'text'}
            @keydown=${this.#onCardKey}
            @pointerenter=${() => this.#highlightAll()}
            @pointerleave=${() => this.#highlight([])}
            @focusin=${() => this.#highlightAll()}
            @focusout=${() => this.#highlight([])}
          >
            ${card(assistant, this.editing, this.#actions)}
          </div>`
          : nothing
      }
      <div class="status" role="status">${this.said}</div>`;
  }

  #button() {
    const { phase, stale } = this.assistant;
    const common = { expanded: this.open ? 'true' : 'false' };
    if (phase === 'available') {
      return html`<button
        class="icon"
        part="icon"
        aria-label="Suggested summary"
        aria-haspopup="dialog"
        aria-expanded=${common.expanded}
        aria-keyshortcuts="Alt+Shift+S"
        title="Suggested summary (Alt+Shift+S)"
        @click=${this.#toggle}
      >
        ${suggestionIcon}
      </button>`;
    }
    if (phase === 'resolved' && stale) {
      return html`<button class="offer" part="offer" @click=${() => this.check()}>
        ${againIcon} Check for a new summary
      </button>`;
    }
    return nothing;
  }

  readonly #actions: CardActions = {
    accept: () => this.#take('accept', this.assistant.suggestion?.text ?? ''),
    edit: async () => {
      this.editing = true;
      await this.updateComplete;
      this.renderRoot.querySelector('textarea')?.focus();
    },
    save: (text) => {
      const same = text.trim() === this.assistant.suggestion?.text;
      this.#take(same ? 'accept' : 'edit', text.trim());
    },
    cancel: () => this.#leaveEditing(),
    dismiss: () => {
      const { suggestion } = this.assistant;
      if (!suggestion) return;
      this.assistant.resolve('dismissed');
      this.#say('Suggestion dismissed.');
      this.#emit('dismiss', { suggestion });
      this.close();
    },
    again: () => {
      this.assistant.reopen();
      void this.show();
    },
    check: async () => {
      this.renderRoot.querySelector<HTMLElement>('.card')?.focus();
      await this.check();
    },
    close: () => this.close(),
    reveal: (source) => this.#emit('reveal', { source }),
    key: (key) => {
      this.key = key;
      this.#connect();
      this.#emit('key', { key });
      this.assistant.retry();
      this.close();
    },
  };

  #take(event: 'accept' | 'edit', text: string): void {
    const { suggestion } = this.assistant;
    if (!suggestion || text === '') return;
    this.assistant.resolve(event === 'accept' ? 'accepted' : 'edited', text);
    this.#say('Summary added to the document.');
    this.#emit(event, { text, suggestion });
    this.close();
  }

  async #leaveEditing(): Promise<void> {
    this.editing = false;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('.card')?.focus();
  }

  #toggle = () => (this.open ? this.close() : void this.show());

  #onCardKey = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    if (this.editing) void this.#leaveEditing();
    else this.close();
  };

  #onShortcut = (event: KeyboardEvent) => {
    if (!event.altKey || !event.shiftKey || event.code !== 'KeyS') return;
    if (this.assistant.phase !== 'available') return;
    event.preventDefault();
    this.#toggle();
  };

  #onOnline = () => this.assistant.retry();

  #onInput = () => this.changed();

  #onChange(): void {
    const { phase, stale } = this.assistant;
    if (phase === 'available' && this.#phase !== 'available' && !this.open) {
      this.#say('A summary is suggested. Alt+Shift+S opens it.');
    } else if (phase === 'resolved' && stale) this.#say('You can check for a new summary.');
    // A card that was open while the answer was on its way shows it.
    if (phase === 'thinking') this.editing = false;
    this.#phase = phase;
    this.requestUpdate();
    this.dispatchEvent(new Event('change'));
  }

  #say(text: string): void {
    this.said = text;
  }

  #connect(): void {
    const { service, key, length } = this;
    const url = new URL(service || '.', document.baseURI).href;
    this.assistant.suggester =
      this.#given ?? new ServiceSuggester({ url, key: key || undefined, length });
  }

  #follow(): void {
    this.#field?.removeEventListener('input', this.#onInput);
    this.#field = this.for ? document.getElementById(this.for) : null;
    if (!isTextField(this.#field)) return;
    this.#field.addEventListener('input', this.#onInput);
    this.document = textFieldDocument(this.#field);
  }

  #highlightAll(): void {
    if (this.assistant.phase === 'available') {
      this.#highlight(this.assistant.suggestion?.sources ?? []);
    }
  }

  #highlight(sources: readonly Source[]): void {
    this.#emit('sources', { sources });
  }

  #emit<T>(name: keyof SuggestionEvents, detail: T): void {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true }));
  }

  /** To the icon while it is there, else to who had it before, else to the text. */
  async #giveFocusBack(): Promise<void> {
    await this.updateComplete;
    // The host may have put it elsewhere already.
    if (document.activeElement !== document.body && document.activeElement !== this) return;
    const button = this.renderRoot.querySelector<HTMLElement>('.icon, .offer');
    (button ?? this.#before ?? this.#field)?.focus();
  }

  declare addEventListener: {
    <K extends keyof SuggestionEvents>(
      name: K,
      listener: (event: SuggestionEvents[K]) => void,
      options?: boolean | AddEventListenerOptions,
    ): void;
    (
      name: string,
      listener: EventListenerOrEventListenerObject,
      options?: boolean | AddEventListenerOptions,
    ): void;
  };
}

function deepActive(): HTMLElement | null {
  const active = document.activeElement;
  return active instanceof HTMLElement && active !== document.body ? active : null;
}

declare global {
  interface HTMLElementTagNameMap {
    'precis-suggestion': PrecisSuggestion;
  }
}
