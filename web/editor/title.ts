import { Node } from '@tiptap/core';
import { Plugin, TextSelection } from '@tiptap/pm/state';
import { Decoration, DecorationSet } from '@tiptap/pm/view';

/** The document's title: always there, always first, one line. */
export const Title = Node.create({
  name: 'title',
  content: 'text*',
  marks: '',
  defining: true,
  isolating: true,

  parseHTML: () => [{ tag: 'h1[data-title]' }],
  renderHTML: () => ['h1', { 'data-title': '', class: 'title' }, 0],

  addProseMirrorPlugins: () => [
    new Plugin({
      props: {
        // A heading without text would have no name for a screen reader.
        decorations({ doc }) {
          const title = doc.firstChild;
          if (!title || title.content.size > 0) return null;
          const named = Decoration.node(0, title.nodeSize, { 'aria-label': 'Untitled' });
          return DecorationSet.create(doc, [named]);
        },
      },
    }),
  ],

  addKeyboardShortcuts() {
    return {
      // From the title, and from the summary under it, Enter goes on to the text.
      Enter: ({ editor }) => {
        const { $from } = editor.state.selection;
        if (!['title', 'summary'].includes($from.parent.type.name)) return false;
        return editor.commands.command(({ tr, dispatch }) => {
          const next = TextSelection.findFrom(tr.doc.resolve($from.after(1)), 1, true);
          if (next && dispatch) dispatch(tr.setSelection(next).scrollIntoView());
          return true;
        });
      },
    };
  },
});
