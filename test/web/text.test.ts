import { getSchema } from '@tiptap/core';
import { Node as ProseNode } from '@tiptap/pm/model';
import { expect, test } from 'vitest';
import { readMarkdown } from '../../documents/index.js';
import { extensions } from '../../web/editor/extensions.js';
import { bodyText, locate, rangesOf } from '../../web/editor/text.js';

const schema = getSchema(extensions);
const text = (value: string) => ({ type: 'text', text: value });
const p = (value: string) => ({ type: 'paragraph', content: [text(value)] });
const item = (...content: object[]) => ({ type: 'listItem', content });

const awkward = [
  '1) not a list, 2024. nor this *emphasis* or _that_',
  '# no heading, a_b [link](x) <b>tag</b> &amp; 5 < 6 | 7 ~~out~~',
  '- no item: `code` \\ back',
  '2024. A year begins it',
  '+ plus, = equals',
];
const doc = ProseNode.fromJSON(schema, {
  type: 'doc',
  content: [
    { type: 'title', content: [text('Title')] },
    { type: 'summary', content: [text('An accepted summary.')] },
    ...awkward.map(p),
    { type: 'heading', attrs: { level: 3 }, content: [text('Sub *heading*')] },
    {
      type: 'bulletList',
      content: [
        item(p('One & two'), { type: 'orderedList', content: [item(p('Nested_item here'))] }),
        item(p('Last item')),
      ],
    },
    { type: 'blockquote', content: [p('Said > he'), p('Twice')] },
    { type: 'codeBlock', content: [text('let x = 1;\nx++;')] },
    p('After it all.'),
  ],
});

test('the body is Markdown that says the same; title and summary are not in it', () => {
  const body = bodyText(doc);
  const blocks = readMarkdown(body.text).blocks;
  expect(blocks.map(({ kind, text }) => `${kind}: ${text}`)).toEqual([
    ...awkward.map((each) => `paragraph: ${each}`),
    'heading: Sub *heading*',
    'list-item: One & two',
    'list-item: Nested_item here',
    'list-item: Last item',
    'quote: Said > he',
    'quote: Twice',
    'code: let x = 1;\nx++;',
    'paragraph: After it all.',
  ]);
});

test('passages of the text are found where they stand in the editor', () => {
  const body = bodyText(doc);
  for (const block of readMarkdown(body.text).blocks) {
    if (block.kind === 'code') continue;
    const ranges = rangesOf(body, block.start, block.end);
    const found = ranges.map(({ from, to }) => doc.textBetween(from, to)).join('');
    expect(found).toBe(block.text);
  }
});

test('a passage of an older text is found again, unless it was edited', () => {
  const older = `Gone now.\n\n${bodyText(doc).text}`;
  const start = older.indexOf('After it all.');
  const [range] = locate(bodyText(doc), older, { start, end: start + 13 });
  expect(range && doc.textBetween(range.from, range.to)).toBe('After it all.');
  expect(locate(bodyText(doc), older, { start: 0, end: 9 })).toEqual([]);
});
