import { Editor, type JSONContent } from '@tiptap/core';
import { DOMParser } from '@tiptap/pm/model';
import { TextSelection } from '@tiptap/pm/state';
import { extensions } from './extensions.js';

export interface EditorOptions {
  element: HTMLElement;
  content: JSONContent | null;
  onUpdate(editor: Editor): void;
  onTransaction(editor: Editor): void;
}

export function createEditor({ element, content, onUpdate, onTransaction }: EditorOptions): Editor {
  return new Editor({
    element,
    extensions,
    content,
    // The policy of the page forbids style elements; the rules are in styles/document.css.
    injectCSS: false,
    autofocus: false,
    editorProps: {
      attributes: {
        'aria-label': 'Document',
        'aria-multiline': 'true',
        role: 'textbox',
        spellcheck: 'true',
      },
      // Files are imported by the page.
      handleDrop: (_, event) => (event.dataTransfer?.files.length ?? 0) > 0,
    },
    onUpdate: ({ editor }) => onUpdate(editor),
    onTransaction: ({ editor }) => onTransaction(editor),
  });
}

/** Another document: no history of the last one. */
export function load(editor: Editor, content: JSONContent | null): void {
  const { state, view, schema } = editor;
  const doc = content ? schema.nodeFromJSON(content) : schema.topNodeType.createAndFill();
  if (!doc) return;
  doc.check();
  const { plugins } = state;
  const fresh = (state.constructor as typeof import('@tiptap/pm/state').EditorState).create({
    doc,
    plugins,
  });
  view.updateState(fresh);
}

/** Elements with `h1[data-title]` first, as content of the editor. */
export function contentOf(editor: Editor, element: HTMLElement): JSONContent {
  return DOMParser.fromSchema(editor.schema).parse(element).toJSON() as JSONContent;
}

export function goTo(editor: Editor, position: number): void {
  const { state, view } = editor;
  const selection = TextSelection.near(state.doc.resolve(position + 1));
  view.dispatch(state.tr.setSelection(selection));
  view.focus();
  const { node } = view.domAtPos(position + 1);
  const element = node instanceof HTMLElement ? node : node.parentElement;
  element?.scrollIntoView({ block: 'start', behavior: smooth() });
}

export const smooth = (): ScrollBehavior =>
  matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth';
