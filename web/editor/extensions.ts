import { type AnyExtension, Node } from '@tiptap/core';
import { Blockquote } from '@tiptap/extension-blockquote';
import { Bold } from '@tiptap/extension-bold';
import { Code } from '@tiptap/extension-code';
import { CodeBlock } from '@tiptap/extension-code-block';
import { HardBreak } from '@tiptap/extension-hard-break';
import { Heading } from '@tiptap/extension-heading';
import { HorizontalRule } from '@tiptap/extension-horizontal-rule';
import { Italic } from '@tiptap/extension-italic';
import { Link } from '@tiptap/extension-link';
import { BulletList, ListItem, ListKeymap, OrderedList } from '@tiptap/extension-list';
import { Paragraph } from '@tiptap/extension-paragraph';
import { TableKit } from '@tiptap/extension-table';
import { Text } from '@tiptap/extension-text';
import { Dropcursor, Gapcursor, Placeholder, UndoRedo } from '@tiptap/extensions';
import { Highlight } from './highlight.js';
import { Summary } from './summary.js';
import { Title } from './title.js';

const Doc = Node.create({ name: 'doc', topNode: true, content: 'title summary? block+' });

/** The title is the only first-level heading of the page. */
const levels = [2, 3, 4] as const;
const BodyHeading = Heading.extend({
  parseHTML: () =>
    [1, 2, 3, 4, 5, 6].map((level) => ({
      tag: `h${level}:not([data-title])`,
      attrs: { level: Math.min(4, Math.max(2, level)) },
    })),
}).configure({ levels: [...levels] });

export const extensions: AnyExtension[] = [
  Doc,
  Title,
  Summary,
  Paragraph,
  Text,
  BodyHeading,
  Blockquote,
  BulletList,
  OrderedList,
  ListItem,
  ListKeymap,
  CodeBlock,
  HardBreak,
  HorizontalRule,
  TableKit.configure({ table: { resizable: false } }),
  Bold,
  Italic,
  Code,
  Link.configure({ openOnClick: false, autolink: true, protocols: ['mailto'] }),
  UndoRedo,
  Dropcursor,
  Gapcursor,
  Highlight,
  Placeholder.configure({
    showOnlyCurrent: false,
    placeholder: ({ node, editor }) => {
      if (node.type.name === 'title') return 'Untitled';
      const { doc } = editor.state;
      return doc.lastChild === node && doc.childCount === 2
        ? 'Write, paste, or drop a document here'
        : '';
    },
  }),
];
