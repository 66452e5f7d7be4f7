import { Node } from '@tiptap/core';
import { TextSelection } from '@tiptap/pm/state';

/** The document's title: always there, always first, one line. */
export const Title = Node.create({
  name: 'title',
  content: 'text*',
  marks: '',
  defining: true,
  isolating: true,

  parseHTML: () => [{ tag: 'h1[data-title]' }],
  renderHTML: () => ['h1', { 'data-title': '', class: 'title' }, 0],

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
