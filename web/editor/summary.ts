import { type Editor, Node } from '@tiptap/core';
import { closeHistory } from '@tiptap/pm/history';
import type { Node as ProseNode } from '@tiptap/pm/model';

/** The accepted summary: part of the document, so that it is edited, removed and undone as text is. */
export const Summary = Node.create({
  name: 'summary',
  content: 'text*',
  marks: '',
  defining: true,
  isolating: true,
  selectable: false,

  addAttributes: () => ({ suggestionId: { default: null, rendered: false } }),
  parseHTML: () => [{ tag: 'section[data-summary]' }],
  renderHTML: () => ['section', { 'data-summary': '' }, 0],

  addNodeView() {
    return ({ editor }) => {
      const dom = document.createElement('section');
      dom.className = 'summary';
      dom.dataset.summary = '';
      dom.setAttribute('aria-label', 'Summary');
      const head = document.createElement('div');
      head.className = 'summary-head';
      head.contentEditable = 'false';
      const label = document.createElement('span');
      label.textContent = 'Summary';
      const remove = document.createElement('button');
      remove.type = 'button';
      remove.textContent = 'Remove';
      remove.setAttribute('aria-label', 'Remove the summary');
      remove.addEventListener('click', () => removeSummary(editor));
      head.append(label, remove);
      const contentDOM = document.createElement('p');
      dom.append(head, contentDOM);
      return {
        dom,
        contentDOM,
        // The button's own events are not the editor's.
        stopEvent: (event) => head.contains(event.target as HTMLElement),
        ignoreMutation: (mutation) => head.contains(mutation.target),
      };
    };
  },

  addKeyboardShortcuts() {
    return {
      // An emptied summary is no summary.
      Backspace: ({ editor }) => {
        const { parent } = editor.state.selection.$from;
        if (parent.type.name !== 'summary' || parent.content.size > 0) return false;
        return removeSummary(editor);
      },
    };
  },
});

export interface KeptSummary {
  text: string;
  suggestionId: string | null;
  /** Position of the node. */
  position: number;
}

export function summaryOf(doc: ProseNode): KeptSummary | null {
  const title = doc.firstChild;
  const node = doc.maybeChild(1);
  if (!title || node?.type.name !== 'summary') return null;
  const { suggestionId } = node.attrs as { suggestionId: string | null };
  return { text: node.textContent, suggestionId, position: title.nodeSize };
}

/** Puts a summary above the text, in place of the one there; one step to undo. */
export function setSummary(editor: Editor, text: string, suggestionId: string): void {
  const { state, view } = editor;
  const node = state.schema.nodes.summary?.create({ suggestionId }, state.schema.text(text));
  if (!node) return;
  const kept = summaryOf(state.doc);
  const at = state.doc.firstChild?.nodeSize ?? 0;
  const end = kept ? at + (state.doc.maybeChild(1)?.nodeSize ?? 0) : at;
  view.dispatch(closeHistory(state.tr.replaceWith(at, end, node)));
  view.dispatch(closeHistory(view.state.tr));
}

export function removeSummary(editor: Editor): boolean {
  const { state, view } = editor;
  const kept = summaryOf(state.doc);
  const node = state.doc.maybeChild(1);
  if (!kept || !node) return false;
  view.dispatch(closeHistory(state.tr.delete(kept.position, kept.position + node.nodeSize)));
  view.focus();
  return true;
}
