import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type FileOptions, readDocument, renderText } from '../../documents/index.js';

const folder = join(import.meta.dirname, '../fixtures/files');
const bytes = (name: string) => readFileSync(join(folder, name));
const read = (name: string, options: FileOptions = {}) =>
  readDocument(bytes(name), { name, ...options });
const text = async (name: string) => renderText(await read(name)).text;

const swifts = readFileSync(
  join(import.meta.dirname, '../../examples/swifts-return.md'),
  'utf8',
).split('\n\n');

describe('files written by LibreOffice and Chromium', () => {
  test.each(['article.docx', 'article.odt', 'article-writer.pdf', 'page.html'])(
    '%s gives the paragraphs of the text it was made of',
    async (name) => {
      const document = await read(name);
      const paragraphs = document.blocks
        .filter((block) => block.kind === 'paragraph')
        .map((block) => block.text);
      const wanted = swifts.slice(1).map((paragraph) => paragraph.trim());
      expect(paragraphs.slice(0, wanted.length)).toEqual(wanted);
      expect(document.blocks[0]).toMatchObject({
        kind: 'heading',
        text: 'The swifts are back in Calder Street',
      });
    },
  );

  test.each(['article.docx', 'article.odt'])('%s: a table is a table', async (name) => {
    expect((await read(name)).blocks.at(-1)).toMatchObject({
      kind: 'table',
      text: 'Year | Pairs 2022 | 14 2023 | 19',
    });
  });

  test('two columns of a PDF are read one after the other, hyphens at line ends joined', async () => {
    const lines = (await text('columns.pdf')).split('\n');
    for (const paragraph of swifts.slice(1)) expect(lines).toContain(paragraph.trim());
    expect(lines.indexOf('What we propose')).toBeLessThan(lines.indexOf('Why here'));
    expect(lines).toContain('What it costs');
    expect(lines.join(' ')).toContain('two thirds');
  });

  test('what Chromium prints into the margins of every page is left out', async () => {
    const document = await read('headers.pdf');
    expect(document.source).not.toMatch(/file:\/\/|\d+\/\d+$|Collected notes/m);
    expect(document.source).toContain('What breaks, and what can be mended');
  });

  test('slides come with their notes', async () => {
    const { blocks } = await read('slides.pptx');
    expect(blocks.map(({ kind, text }) => [kind, text])).toEqual([
      ['heading', 'Tide gauge at the old pier'],
      ['list-item', 'A new gauge measures the water level every six minutes'],
      ['list-item', 'It replaces the float gauge of 1974'],
      ['list-item', 'Readings are public from May'],
      ['paragraph', 'The float gauge stuck in frost and missed both storm surges of last winter.'],
      ['heading', 'What it costs'],
      ['list-item', 'The harbour office pays 18,000 euros'],
      ['list-item', 'Upkeep falls to the yacht club'],
      ['paragraph', 'The club agreed in its meeting of 3 February.'],
    ]);
  });

  test('navigation, cookie banner and footer of a page are left out', async () => {
    expect(await text('page.html')).not.toMatch(/cookies|Sport|Read also|Imprint|tracking/);
  });

  test('a mail is its subject and what its writer wrote', async () => {
    const document = await read('mail.eml');
    expect(document.title).toBe('Password resets – what changes');
    expect(document.source).toMatch(/^You can reset your password yourself/);
    expect(document.source).not.toMatch(/Ada wrote|When do the resets|3rd floor|HTML copy/);
  });
});

test.each([
  ['latin1.txt', 'windows-1252', 'Les élèves du lycée'],
  ['shift-jis.txt', 'shift_jis', '港の図書館は四月から'],
  ['koi8.txt', 'koi8-r', 'Библиотека в порту'],
  ['utf16.txt', 'utf-16le', 'Saturdays – free of charge'],
])('%s is taken for %s', async (name, encoding, words) => {
  const document = await read(name);
  expect(document.encoding).toBe(encoding);
  expect(document.source).toContain(words);
});

describe('the bytes tell the type, whatever the name says', () => {
  test.each(readdirSync(folder).filter((name) => /^article|^page|^mail/.test(name)))(
    '%s',
    async (name) => {
      const right = await read(name);
      const wrong = await readDocument(bytes(name), { name: 'x.pdf' });
      expect([wrong.format, wrong.source]).toEqual([right.format, right.source]);
      expect((await readDocument(bytes(name))).format).toBe(right.format);
    },
  );
});

test('every span points at the same characters of the extracted text', async () => {
  for (const name of ['article.docx', 'columns.pdf', 'slides.pptx', 'page.html', 'mail.eml']) {
    const { source, blocks } = await read(name);
    for (const block of blocks) {
      for (const span of block.spans) {
        expect(source.slice(span.source, span.source + span.length)).toBe(
          block.text.slice(span.text, span.text + span.length),
        );
      }
    }
  }
});
