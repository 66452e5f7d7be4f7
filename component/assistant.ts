import { distance } from './distance.js';
import { FeedbackQueue } from './feedback.js';
import { pause } from './retry.js';
import {
  type Document,
  type Suggester,
  type Suggestion,
  type Summary,
  type Trouble,
  Unavailable,
} from './suggester.js';

/** Milliseconds without typing before the document is looked at. */
const QUIET = 1200;
/**
 * Share of changed shingles from which an answer is out of date. Below it the model mostly writes
 * the same again: see docs/decisions/0012-web-editor.md for the figures.
 */
export const SUBSTANTIAL = 0.2;

/** Nothing changes these but the writer. */
const WITHOUT_RETRY: ReadonlySet<Trouble> = new Set(['key', 'refused', 'device']);

export type Phase = 'idle' | 'thinking' | 'available' | 'withheld' | 'resolved' | 'trouble';
export type Action = 'accepted' | 'edited' | 'dismissed';

/** What is known of a document's summary; plain data, to be kept with the document. */
export interface Answer {
  summary: Summary;
  /** The text that was asked about. */
  text: string;
  action: Action | null;
}

/** What the writer is told about, and when. Knows no page; emits `change`. */
export class Assistant extends EventTarget {
  suggester: Suggester | undefined;
  /** The document as it is now; called after a pause in typing only. */
  read: () => Document = () => ({ text: '' });
  answer: Answer | null = null;
  trouble: Unavailable | null = null;
  /** The document has changed so much that another summary may fit it better. */
  stale = false;
  /** Nothing is asked before the writer asks. */
  manual = false;
  readonly feedback = new FeedbackQueue();

  #asking: { text: string; stop: AbortController } | null = null;
  #attempts = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  get phase(): Phase {
    if (this.#asking) return 'thinking';
    if (this.trouble) return 'trouble';
    if (!this.answer) return 'idle';
    if (!this.answer.summary.suggestion) return 'withheld';
    return this.answer.action ? 'resolved' : 'available';
  }

  get suggestion(): Suggestion | null {
    return this.answer?.summary.suggestion ?? null;
  }

  /** The document was opened (look at it now) or edited (look when the writer pauses). */
  changed({ now = false } = {}): void {
    // Somebody types while the service is away: the next attempt has its time, and reads the text anew.
    if (this.trouble && this.trouble.trouble !== 'refused' && !now) return;
    this.#later(now ? 0 : QUIET);
  }

  /** Asks now, whatever is known. */
  check(): Promise<void> {
    this.#attempts = 0;
    return this.#ask(this.read());
  }

  /** The connection is back, or there is another key. */
  retry(): void {
    if (this.trouble) void this.check();
    void this.#send();
  }

  /** Another document: what runs for the last one is dropped. */
  restore(answer: Answer | null): void {
    this.stop();
    this.answer = answer;
    this.trouble = null;
    this.stale = false;
    this.#emit();
  }

  resolve(action: Action, text?: string): void {
    const { answer, suggestion } = this;
    if (!answer || !suggestion) return;
    this.answer = { ...answer, action };
    const edited = action === 'edited' && text !== undefined ? { text: text.slice(0, 2000) } : {};
    // What was said of a suggestion before is replaced by what is said last.
    if (this.suggester?.feedback) {
      this.feedback.add({ suggestionId: suggestion.id, action, ...edited });
    }
    void this.#send();
    this.#emit();
  }

  /** What was accepted or dismissed may be decided anew (undo). */
  reopen(): void {
    if (!this.answer?.action) return;
    this.answer = { ...this.answer, action: null };
    this.#emit();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#asking?.stop.abort();
    this.#asking = null;
  }

  #later(milliseconds: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#consider(), milliseconds);
  }

  async #consider(): Promise<void> {
    const document = this.read();
    const { text } = document;
    if (this.#asking) {
      if (distance(this.#asking.text, text) >= SUBSTANTIAL) await this.#ask(document);
      return;
    }
    if (!this.answer) {
      if (text.trim() !== '' && !this.manual) await this.#ask(document);
      return;
    }
    const far = distance(this.answer.text, text) >= SUBSTANTIAL;
    // Nothing was shown, so that nothing changes under the writer's eyes.
    if (far && !this.answer.summary.suggestion && !this.manual) return this.#ask(document);
    if (far === this.stale) return;
    this.stale = far;
    this.#emit();
  }

  async #ask(document: Document): Promise<void> {
    const { suggester } = this;
    if (!suggester) return;
    this.stop();
    const stop = new AbortController();
    this.#asking = { text: document.text, stop };
    this.#emit();
    try {
      const summary = await suggester.suggest(document, { signal: stop.signal });
      if (stop.signal.aborted) return;
      this.answer = { summary, text: document.text, action: null };
      this.trouble = null;
      this.stale = false;
      this.#attempts = 0;
      void this.#send();
    } catch (error) {
      if (stop.signal.aborted) return;
      this.trouble = error instanceof Unavailable ? error : new Unavailable('failed', `${error}`);
      const { trouble, retryAfter } = this.trouble;
      if (!WITHOUT_RETRY.has(trouble)) {
        const wait = pause(++this.#attempts, retryAfter);
        this.#timer = setTimeout(() => void this.#ask(this.read()), wait);
      }
    }
    this.#asking = null;
    this.#emit();
    // What was typed meanwhile counts.
    if (!this.trouble) this.#later(QUIET);
  }

  #send(): Promise<void> {
    return this.feedback.flush(this.suggester);
  }

  #emit(): void {
    this.dispatchEvent(new Event('change'));
  }
}
