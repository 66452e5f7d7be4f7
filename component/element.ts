import { html, LitElement, nothing } from 'lit';
import { type Answer, Assistant } from './assistant.js';
import { button } from './button.js';
import { card } from './card.js';
import { CardControls } from './controls.js';
import type { ListensTo, SuggestionEvents } from './events.js';
import { FocusBefore } from './focus.js';
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
  /** @internal */
  declare editing: boolean;
  declare protected said: string;

  readonly assistant = new Assistant();
  #given: Suggester | undefined;
  #document: (() => Document) | undefined;
  #field: HTMLElement | null = null;
  readonly #before = new FocusBefore();
  readonly #controls = new CardControls(this);
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
    if (!this.open) this.#before.remember();
    this.open = true;
    await this.updateComplete;
    this.focusCard();
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
    return html`${button(assistant, { open: this.open, toggle: this.#toggle, check: () => void this.check() })}
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
            ${card(assistant, this.editing, this.#controls)}
          </div>`
          : nothing
      }
      <div class="status" role="status">${this.said}</div>`;
  }

  /** Not at the next update: the question that failed for want of a key is asked again at once. @internal */
  useKey(key: string): void {
    this.key = key;
    this.#connect();
  }

  /** Puts the focus on something of the card, or on the card. @internal */
  focusCard(selector = '.card'): void {
    this.renderRoot.querySelector<HTMLElement>(selector)?.focus();
  }

  /** @internal */
  say(text: string): void {
    this.said = text;
  }

  /** @internal */
  emit<T>(name: keyof SuggestionEvents, detail: T): void {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true }));
  }

  #toggle = () => (this.open ? this.close() : void this.show());

  #onCardKey = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    if (this.editing) void this.#controls.cancel();
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
      this.say('A summary is suggested. Alt+Shift+S opens it.');
    } else if (phase === 'resolved' && stale) this.say('You can check for a new summary.');
    // A card that was open while the answer was on its way shows it.
    if (phase === 'thinking') this.editing = false;
    this.#phase = phase;
    this.requestUpdate();
    this.dispatchEvent(new Event('change'));
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
    this.emit('sources', { sources });
  }

  async #giveFocusBack(): Promise<void> {
    await this.updateComplete;
    const button = this.renderRoot.querySelector<HTMLElement>('.icon, .offer');
    this.#before.giveBack(this, button, this.#field);
  }

  declare addEventListener: ListensTo<SuggestionEvents>;
}

declare global {
  interface HTMLElementTagNameMap {
    'precis-suggestion': PrecisSuggestion;
  }
}
