import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Progress } from '../../data-cleaning/progress/progress.js';
import { corpusFiles } from '../../data-cleaning/sources/corpus.js';
import { documentRow } from '../../data-cleaning/sources/folder.js';
import { frontMatter } from '../../data-cleaning/sources/front-matter.js';
import { metaFields } from '../../data-cleaning/sources/html-head.js';
import { BODY } from './candidates.js';
import { folderOf } from './program.js';

describe('frontMatter', () => {
  it('reads YAML and TOML, and gives the rest', () => {
    expect(frontMatter('---\ntitle: Tides\n---\nText.\n')).toEqual({
      fields: { title: 'Tides' },
      body: 'Text.\n',
    });
    expect(frontMatter('+++\ntitle = "Tides"\n+++\nText.')?.fields.title).toBe('Tides');
    expect(frontMatter('\ufeff---\r\na: 1\r\n---\r\nText.')?.body).toBe('Text.');
  });

  it.each(['Text.', '---\nnot closed', '---\n- a\n- b\n---\nText.', '---\na: [\n---\nText.'])(
    'leaves %j alone',
    (source) => expect(frontMatter(source)).toBeUndefined(),
  );
});

describe('metaFields', () => {
  it('reads the head, Open Graph too, and nothing of the body', () => {
    const head = '<meta name=description content="A &amp; B"><meta property="og:title" content=T>';
    const html = `<html><head>${head}</head><body><meta name=other content=x></body></html>`;
    expect(metaFields(html)).toEqual({ description: 'A & B', title: 'T' });
  });
});

describe('a folder of documents', () => {
  let folder: string;
  const options = { summaryFields: ['abstract', 'description'] };

  beforeAll(async () => {
    folder = await folderOf('docs');
    await mkdir(join(folder, 'docs/guide'), { recursive: true });
    const write = (name: string, text: string) => writeFile(join(folder, 'docs', name), text);
    await write('a.md', `---\ntitle: Tide tables\ndescription: Of the sea.\n---\n${BODY}`);
    await write('guide/b.md', `+++\nabstract = "An abstract."\ndescription = "No."\n+++\n${BODY}`);
    await write('guide/c.txt', 'Plain text about the tide.\n\nA second paragraph.');
    await write('empty.md', '');
    await write('notes.jsonl', '{"id":"x","body":"y"}\n');
  });

  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('is one input of all its documents, unless it holds rows and nobody asked for fields', async () => {
    const docs = join(folder, 'docs');
    const [rows] = await corpusFiles([docs]);
    expect(rows).toMatchObject({ file: 'notes', group: 'docs' });
    const [documents, ...more] = await corpusFiles([docs, `${docs}/`], { documents: true });
    expect(more).toEqual([]);
    expect(documents).toMatchObject({
      file: 'docs',
      documents: ['a.md', 'empty.md', 'guide/b.md', 'guide/c.txt'],
    });
  });

  it('gives rows with the first summary field there is', async () => {
    const docs = join(folder, 'docs');
    expect(await documentRow(docs, 'a.md', { ...options, license: 'MIT' })).toMatchObject({
      ...{ id: 'a.md', title: 'Tide tables', summary: 'Of the sea.', license: 'MIT', body: BODY },
    });
    expect(await documentRow(docs, join('guide', 'b.md'), options)).toMatchObject({
      ...{ id: 'guide/b.md', summary: 'An abstract.', title: 'Tide tables for small harbours' },
    });
    const plain = await documentRow(docs, join('guide', 'c.txt'), options);
    expect(plain).toMatchObject({ summary: null, document: { format: 'plain' } });
    expect(await documentRow(docs, 'empty.md', options)).toEqual({ problem: 'the file is empty' });
  });

  it('knows a corpus whatever leads to it', async () => {
    const path = join(folder, 'docs/notes.jsonl');
    expect(await corpusFiles([path, join(folder, 'docs')])).toHaveLength(1);
    expect(await readFile(path, 'utf8')).toContain('"x"');
  });
});

describe('Progress', () => {
  function shown(isTTY: boolean): string {
    let text = '';
    let now = 0;
    const screen = {
      isTTY,
      write(more: string) {
        text += more;
      },
    };
    const progress = new Progress(screen, false, () => now);
    progress.begin('judging', 1000);
    progress.add(250, 500);
    now = 10_000;
    progress.show();
    progress.end();
    return text;
  }

  it('draws a bar with rate and time left on a terminal', () => {
    expect(shown(true)).toMatch(/^\r.*█+.*░+.* 25 % judging · 500 rows · 50\/s · 30 s left/);
  });

  it('writes plain lines elsewhere', () => {
    expect(shown(false)).toBe('judging: 25 %, 500 rows, 50/s, 30 s left\n');
  });
});
