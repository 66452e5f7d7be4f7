import type { Editor } from '@tiptap/core';
import type { Answer } from '../../component/assistant.js';
import type { PrecisSuggestion } from '../../component/element.js';
import type { Source } from '../../component/suggester.js';
import { smooth } from '../editor/editor.js';
import { highlight } from '../editor/highlight.js';
import { setSummary, summaryOf } from '../editor/summary.js';
import { bodyText, locate } from '../editor/text.js';

/** Ties the suggestion element to the editor. */
export class Suggesting {
  constructor(
    private readonly editor: Editor,
    private readonly element: PrecisSuggestion,
    private readonly onChange: () => void,
  ) {
    element.addEventListener('accept', this.#onTaken);
    element.addEventListener('edit', this.#onTaken);
    element.addEventListener('dismiss', () => this.#focusText());
    element.addEventListener('sources', ({ detail }) => this.#mark(detail.sources));
    element.addEventListener('reveal', ({ detail }) => this.#reveal(detail.source));
    element.addEventListener('change', this.onChange);
    element.document = () => {
      const { doc } = editor.state;
      const title = doc.firstChild?.textContent.trim().slice(0, 1000);
      const { text } = bodyText(doc);
      return { text, format: 'markdown', ...(title ? { title } : {}) };
    };
  }

  /** Another document is open. */
  restore(answer: Answer | null): void {
    this.element.restore(answer);
    this.element.changed({ now: true });
  }

  changed(): void {
    this.#followUndo();
    this.element.changed();
  }

  #onTaken = ({ detail }: CustomEvent<{ text: string; suggestion: { id: string } }>) => {
    highlight(this.editor.view, []);
    setSummary(this.editor, detail.text, detail.suggestion.id);
    this.#focusText();
    document.querySelector('.summary')?.scrollIntoView({ block: 'nearest', behavior: smooth() });
  };

  /** The icon goes with the card: whoever was there goes on writing. Not on a phone, whose keyboard would rise. */
  #focusText(): void {
    if (matchMedia('(pointer: fine)').matches) this.editor.view.focus();
  }

  /** Undoing an acceptance, or removing the summary, brings the suggestion back; redoing takes it. */
  #followUndo(): void {
    const { assistant } = this.element;
    const { answer, suggestion } = assistant;
    if (!answer || !suggestion) return;
    const kept = summaryOf(this.editor.state.doc);
    const here = kept?.suggestionId === suggestion.id;
    if (!here && (answer.action === 'accepted' || answer.action === 'edited')) assistant.reopen();
    else if (here && kept && answer.action === null) {
      assistant.resolve(kept.text === suggestion.text ? 'accepted' : 'edited', kept.text);
    }
  }

  #mark(sources: readonly Source[]): void {
    highlight(
      this.editor.view,
      sources.flatMap((source) => this.#locate(source)),
    );
  }

  #locate(source: Source) {
    const asked = this.element.answer?.text ?? '';
    return locate(bodyText(this.editor.state.doc), asked, source);
  }

  #reveal(source: Source): void {
    const [first] = this.#locate(source);
    if (!first) return;
    const { node } = this.editor.view.domAtPos(first.from);
    const element = node instanceof Element ? node : node.parentElement;
    element?.scrollIntoView({ block: 'center', behavior: smooth() });
  }
}
