import type { Source, Suggestion } from './suggester.js';

/** The text that the writer took. */
export interface TakenDetail {
  text: string;
  suggestion: Suggestion;
}

export interface SuggestionEvents {
  /** The suggestion was taken as it was. */
  accept: CustomEvent<TakenDetail>;
  /** The suggestion was changed by the writer, then taken. */
  edit: CustomEvent<TakenDetail>;
  dismiss: CustomEvent<{ suggestion: Suggestion }>;
  /** Passages to highlight, while the card is pointed at or has the focus; none when it ends. */
  sources: CustomEvent<{ sources: readonly Source[] }>;
  /** The writer wants to see this passage. */
  reveal: CustomEvent<{ source: Source }>;
  /** Something of `phase`, `answer`, `trouble` or `stale` has changed. */
  change: Event;
  /** The writer entered a key. */
  key: CustomEvent<{ key: string }>;
}

/** `addEventListener` of an element with these events. */
export interface ListensTo<Events> {
  <K extends keyof Events>(
    name: K,
    listener: (event: Events[K]) => void,
    options?: boolean | AddEventListenerOptions,
  ): void;
  (
    name: string,
    listener: EventListenerOrEventListenerObject,
    options?: boolean | AddEventListenerOptions,
  ): void;
}
