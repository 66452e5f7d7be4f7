import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type Document,
  readMarkdown,
  readPlain,
  renderText,
  sourceRange,
} from '../../documents/index.js';

const text = (markdown: string) => renderText(readMarkdown(markdown)).text;

function expectFaithful(document: Document): void {
  for (const block of document.blocks) {
    let last = 0;
    for (const span of block.spans) {
      expect(span.text).toBeGreaterThanOrEqual(last);
      last = span.text + span.length;
      expect(document.source.slice(span.source, span.source + span.length)).toBe(
        block.text.slice(span.text, last),
      );
    }
    expect(last).toBeLessThanOrEqual(block.text.length);
  }
}

const SAMPLE = `---
title: "Backing up a *harbour* log"
---

# Backing up a harbour log

The \`harbourctl\` tool copies **every** [log entry](https://example.org/a_b "t") &amp; its
tide\\_table to a second disk; see <b>below</b>.<br>It runs nightly.

> [!NOTE]
> Copies older than 30&nbsp;days are "thinned"...

- one item
  with two lines
  - nested item
1. numbered

| a | b |
|---|---|
| 1 | 2 |

\`\`\`sh
harbourctl --all {{ not.liquid }}
\`\`\`

Last words[^1].

[^1]: a footnote
`;

describe('readMarkdown', () => {
  it('renders headings, paragraphs, quotes and lists, one a line', () => {
    expect(renderText(readMarkdown(SAMPLE))).toMatchObject({
      title: 'Backing up a harbour log',
      text: [
        'The harbourctl tool copies every log entry & its tide_table to a second disk; see below. It runs nightly.',
        'Copies older than 30 days are "thinned"...',
        '- one item with two lines',
        '- nested item',
        '- numbered',
        'Last words.',
      ].join('\n'),
    });
  });

  it('knows what it left out', () => {
    const kinds = readMarkdown(SAMPLE).blocks.map((block) => block.kind);
    expect(kinds).toContain('table');
    expect(kinds).toContain('code');
    expect(kinds).toContain('quote');
  });

  it('drops the first line where it equals the title', () => {
    const document = readMarkdown('# A *Fine* Day!\n\nIt rained.', { title: 'A fine day' });
    expect(renderText(document)).toMatchObject({ title: 'A fine day', text: 'It rained.' });
  });

  it.each([
    ['<!-- gone -->kept', 'kept'],
    ['Use [!DNL Adobe Target] and [!UICONTROL Save].', 'Use Adobe Target and Save.'],
    ['[!INCLUDE [a](../b.md)] rest', 'rest'],
    ['{% if x %}shown{% endif %} {{ site.name }}!', 'shown !'],
    ['{{< youtube abc >}}\n\ntext', 'text'],
    ['{% highlight ruby %}\nputs 1\n{% endhighlight %}\n\nafter', 'after'],
    ["import Tabs from '@theme/Tabs';\n\n<Tabs values={[{ a: 1 }]}>inner</Tabs>", 'inner'],
    [':::note\ninside\n:::', 'inside'],
    [':::image type="content" source="a.png" alt-text="no":::\n\nshown', 'shown'],
    ['## Heading {#anchor}', 'Heading'],
    ['Text with `code <b>` inside', 'Text with code <b> inside'],
    ['if a < b and c > d then', 'if a < b and c > d then'],
    ['a <script>var x = "<p>"</script> b', 'a b'],
    ['![picture](a.png) words ![x][y]', 'words'],
    ['[label][elsewhere] stays', 'label stays'],
    ['cite [^note] here', 'cite here'],
    ['Mail <someone@example.org> now', 'Mail someone@example.org now'],
    ['AT&T &copy; 2024 &lt;tag&gt;', 'AT&T © 2024 <tag>'],
    ['{: .class }\nparagraph', 'paragraph'],
    ['~~old~~ new', 'old new'],
  ])('reads %j as %j', (markdown, wanted) => {
    expect(text(markdown)).toBe(wanted);
  });

  it('reads reStructuredText headings, roles and references', () => {
    const rst =
      'Rationale\n~~~~~~~~~\n\nSee :pep:`484` and `the docs <https://x.org>`_.\n\n.. code-block:: python\n\n   x = 1\n\nEnd.';
    expect(text(rst)).toBe('Rationale\nSee 484 and the docs.\nEnd.');
  });

  it('hides the fields at the head of a proposal and keeps its heading', () => {
    const proposal =
      '# Faster maps\n\n* Author: A. Body\n* Status: Draft\n  since May\n\nMaps are slow.';
    expect(text(proposal)).toBe('Maps are slow.');
    expect(text('Note: read this.\n\nIt matters.')).toBe('Note: read this.\nIt matters.');
  });

  it('keeps the way back to the source', () => {
    expectFaithful(readMarkdown(SAMPLE));
    const rendered = renderText(readMarkdown(SAMPLE));
    const at = rendered.text.indexOf('log entry');
    const range = sourceRange(rendered, at, at + 'log entry'.length);
    expect(range && SAMPLE.slice(range.start, range.end)).toBe('log entry');
  });

  it('keeps it for any input', () => {
    const bits = fc.constantFrom(
      ...[
        '# ',
        '- ',
        '> ',
        '* ',
        '1. ',
        '\n',
        '\n\n',
        '    ',
        '**',
        '_',
        '`',
        '```\n',
        '[a](b)',
        '[',
        ']',
      ],
      ...[
        '<b>',
        '</b>',
        '<!--',
        '-->',
        '{{',
        '}}',
        '{%',
        '%}',
        '&amp;',
        '&nbsp;',
        '\\*',
        ':::',
        '[!NOTE]',
      ],
      ...[
        '| a | b |\n',
        '|---|---|\n',
        'word',
        ' two words ',
        '“x”',
        '...',
        '!!!!',
        '\u00a0',
        'é',
        '😀',
      ],
    );
    fc.assert(
      fc.property(
        fc.array(fc.oneof(bits, fc.string({ maxLength: 5 })), { maxLength: 40 }),
        (parts) => {
          const source = parts.join('');
          const document = readMarkdown(source);
          expect(document.source).toBe(source);
          expectFaithful(document);
          expectFaithful(readPlain(source));
          expect(renderText(document).text).not.toMatch(/[\ue000\ue001]/);
        },
      ),
      { numRuns: 1500 },
    );
  });

  it.each([
    ['brackets', '['.repeat(1_000_000)],
    ['stars', '*a '.repeat(330_000)],
    ['quotes', '>'.repeat(1_000_000)],
    ['nested quotes', '> '.repeat(500_000)],
    ['one letter', 'a'.repeat(1_000_000)],
    ['back-ticks', '` `` '.repeat(200_000)],
    ['tags', '<a '.repeat(330_000)],
    ['templates', '{{ '.repeat(330_000)],
    ['comments', '<!--'.repeat(250_000)],
    ['deep list', Array.from({ length: 400 }, (_, i) => `${'  '.repeat(i)}- x`).join('\n')],
    ['links', '[a]('.repeat(250_000)],
    ['ampersands', '&'.repeat(1_000_000)],
    ['pipes', '|a'.repeat(500_000)],
    ['blank lines', '\n'.repeat(1_000_000)],
    ['underlines', `${'a\n=\n'.repeat(250_000)}`],
  ])('answers soon on 1 MB of %s', (_name, source) => {
    const started = performance.now();
    renderText(readMarkdown(source));
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});

describe('readPlain', () => {
  it('divides paragraphs and list items', () => {
    const source = 'First line\nsecond line.\n\n* item one\n* item two\n\nLast.';
    expect(renderText(readPlain(source, { title: 'T' }))).toMatchObject({
      title: 'T',
      text: 'First line second line.\n- item one\n- item two\nLast.',
    });
    expectFaithful(readPlain(source));
  });

  it('has nothing to say about nothing', () => {
    expect(renderText(readPlain(' \n\n\t')).text).toBe('');
    expect(renderText(readMarkdown('')).text).toBe('');
  });
});

describe('renderText', () => {
  it('cuts between lines', () => {
    const document = readPlain('one two three\n\nfour five six');
    expect(renderText(document, { limit: 20 }).text).toBe('one two three');
    expect(renderText(document, { limit: 5 }).text).toBe('one t');
  });
});
