import type { Assistant } from './assistant.js';
import type { CardActions } from './card.js';
import type { SuggestionEvents } from './events.js';
import type { Source } from './suggester.js';

/** What the controls of a card need of the element they are in. */
export interface CardHost {
  readonly assistant: Assistant;
  editing: boolean;
  updateComplete: Promise<boolean>;
  check(): Promise<void>;
  show(): Promise<void>;
  close(): void;
  useKey(key: string): void;
  focusCard(selector?: string): void;
  /** Tells those who listen to the page. */
  say(text: string): void;
  emit<T>(name: keyof SuggestionEvents, detail: T): void;
}

/** What a card's controls do. */
export class CardControls implements CardActions {
  constructor(private readonly host: CardHost) {}

  accept = () => this.#take('accept', this.host.assistant.suggestion?.text ?? '');

  edit = async () => {
    this.host.editing = true;
    await this.host.updateComplete;
    this.host.focusCard('textarea');
  };

  save = (text: string) => {
    const same = text.trim() === this.host.assistant.suggestion?.text;
    this.#take(same ? 'accept' : 'edit', text.trim());
  };

  cancel = async () => {
    this.host.editing = false;
    await this.host.updateComplete;
    this.host.focusCard();
  };

  dismiss = () => {
    const { assistant } = this.host;
    const { suggestion } = assistant;
    if (!suggestion) return;
    assistant.resolve('dismissed');
    this.host.say('Suggestion dismissed.');
    this.host.emit('dismiss', { suggestion });
    this.host.close();
  };

  again = () => {
    this.host.assistant.reopen();
    void this.host.show();
  };

  check = async () => {
    this.host.focusCard();
    await this.host.check();
  };

  close = () => this.host.close();

  reveal = (source: Source) => this.host.emit('reveal', { source });

  key = (key: string) => {
    this.host.useKey(key);
    this.host.emit('key', { key });
    this.host.assistant.retry();
    this.host.close();
  };

  #take(event: 'accept' | 'edit', text: string): void {
    const { assistant } = this.host;
    const { suggestion } = assistant;
    if (!suggestion || text === '') return;
    assistant.resolve(event === 'accept' ? 'accepted' : 'edited', text);
    this.host.say('Summary added to the document.');
    this.host.emit(event, { text, suggestion });
    this.host.close();
  }
}
