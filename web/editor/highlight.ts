import { Extension } from '@tiptap/core';
import { Plugin, PluginKey } from '@tiptap/pm/state';
import { Decoration, DecorationSet, type EditorView } from '@tiptap/pm/view';
import type { Range } from './text.js';

const key = new PluginKey<DecorationSet>('highlight');

/** Marks passages without changing the document: no step to undo, nothing to save. */
export const Highlight = Extension.create({
  name: 'highlight',
  addProseMirrorPlugins: () => [
    new Plugin<DecorationSet>({
      key,
      state: {
        init: () => DecorationSet.empty,
        apply(tr, shown) {
          const ranges = tr.getMeta(key) as Range[] | undefined;
          if (!ranges) return shown.map(tr.mapping, tr.doc);
          const marks = ranges.map(({ from, to }) =>
            Decoration.inline(from, to, { class: 'source' }),
          );
          return DecorationSet.create(tr.doc, marks);
        },
      },
      props: { decorations: (state) => key.getState(state) },
    }),
  ],
});

export function highlight(view: EditorView, ranges: Range[]): void {
  if (ranges.length === 0 && key.getState(view.state) === DecorationSet.empty) return;
  view.dispatch(view.state.tr.setMeta(key, ranges).setMeta('addToHistory', false));
}
