import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { type FileOptions, readDocument, unreadable } from '../../documents/index.js';
import { pdf } from './pdf.js';
import { zip } from './zip.js';

const file = (name: string) => readFileSync(join(import.meta.dirname, '../fixtures/files', name));

/** Office keeps an encrypted file as a stream of that name in an OLE container. */
function encryptedOffice(): Buffer {
  const magic = Buffer.from('d0cf11e0a1b11ae1', 'hex');
  return Buffer.concat([magic, Buffer.alloc(1016), Buffer.from('EncryptedPackage', 'utf16le')]);
}

/** OpenDocument encrypts each part and lists how in the manifest (ODF 1.3 part 2, 4.8). */
function encryptedText(): Buffer {
  const how = '<manifest:encryption-data manifest:checksum-type="SHA1/1K"/>';
  const entry = `<manifest:file-entry manifest:full-path="content.xml">${how}</manifest:file-entry>`;
  const manifest = `<manifest:manifest>${entry}</manifest:manifest>`;
  return zip({ 'content.xml': Buffer.alloc(300, 171), 'META-INF/manifest.xml': manifest });
}

/** The code of the error, checked to come with a sentence. */
async function refused(bytes: Uint8Array, options: FileOptions = {}): Promise<string> {
  try {
    const { source } = await readDocument(bytes, options);
    return `was read: ${source.slice(0, 80)}`;
  } catch (error) {
    const { code, message } = error as { code: keyof typeof unreadable; message: string };
    expect(message).toContain(unreadable[code]);
    return code;
  }
}

test.each<[string, Uint8Array, FileOptions, string]>([
  ['nothing', Buffer.alloc(0), {}, 'empty_file'],
  ['more bytes than allowed', Buffer.alloc(2000, 'a'), { limits: { bytes: 1000 } }, 'too_large'],
  ['a PDF with a password', file('protected.pdf'), {}, 'password_protected'],
  ['a docx with a password', encryptedOffice(), { name: 'a.docx' }, 'password_protected'],
  ['an odt with a password', encryptedText(), { name: 'a.odt' }, 'password_protected'],
  ['a PDF without a text layer', file('scan.pdf'), {}, 'no_text'],
  ['half a PDF', file('scan.pdf').subarray(0, 30), {}, 'damaged'],
  ['half a docx', file('article.docx').subarray(0, 3000), {}, 'damaged'],
  ['an old Word file', file('minutes.doc'), {}, 'unsupported_type'],
  ['a picture', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), {}, 'unsupported_type'],
  ['random bytes', Buffer.from([1, 2, 0, 5, 250, 0, 3, 9]), { name: 'a.md' }, 'unsupported_type'],
  ['a zip of something else', zip({ 'a.txt': 'a' }), { name: 'a.docx' }, 'unsupported_type'],
  ['text called PDF', Buffer.from('Plain words.'), { name: 'a.pdf' }, 'damaged'],
  ['text called docx', Buffer.from('Plain words.'), { name: 'a.docx' }, 'damaged'],
  ['a page without words', Buffer.from('<!doctype html><p>—</p>'), {}, 'no_text'],
])('%s', async (_, bytes, options, code) => {
  expect(await refused(bytes, options)).toBe(code);
});

describe('a file made to do harm', () => {
  test('a zip bomb is refused by its ratio', async () => {
    const bomb = zip({ 'word/document.xml': Buffer.alloc(80_000_000) });
    expect(bomb.length).toBeLessThan(100_000);
    expect(await refused(bomb, { name: 'a.docx' })).toBe('zip_bomb');
  });

  test('an entry that is longer than it says is refused', async () => {
    const liar = zip({ 'word/document.xml': 'x' }, () => deflateRawSync(Buffer.alloc(5_000_000)));
    expect(await refused(liar)).toBe('damaged');
  });

  test('too many entries are refused', async () => {
    const parts = Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`${i}.xml`, 'x']));
    expect(await refused(zip(parts), { limits: { entries: 50 } })).toBe('zip_bomb');
  });

  test('entities that expand to billions of letters do not', async () => {
    const levels = Array.from(
      { length: 12 },
      (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`,
    );
    const laughs = `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "ha">${levels.join('')}]>`;
    const odt = `${laughs}<office:document-content><office:body><office:text><text:p>Fine words &l12;</text:p></office:text></office:body></office:document-content>`;
    const { source } = await readDocument(zip({ 'content.xml': odt }));
    expect(source.length).toBeLessThan(100);
    const word = `${laughs}<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>Fine &l12;</w:t></w:r></w:p></w:body></w:document>`;
    expect(await refused(zip({ 'word/document.xml': word }))).toMatch(/damaged|was read: Fine/);
  });

  test('a file that takes too long is given up, and the next one is read', async () => {
    const page = Buffer.from(`<!doctype html><body>${'<div><p>word '.repeat(200_000)}`);
    const limits = { milliseconds: 300 };
    expect(await refused(page, { limits })).toBe('too_slow');
    expect((await readDocument(file('article.odt'))).format).toBe('odt');
  });

  test('a file that takes too much memory is given up', async () => {
    const page = Buffer.from(`<!doctype html><body>${'<b>x</b>'.repeat(3_000_000)}`);
    const limits = { memoryBytes: 150_000_000, milliseconds: 60_000 };
    expect(await refused(page, { limits })).toBe('out_of_memory');
  });
});

test.each(['article-writer.pdf', 'columns.pdf', 'headers.pdf'])(
  '%s with its embedded fonts robbed of their character maps is refused, not read as gibberish',
  async (name) => {
    const text = file(name).toString('latin1');
    expect(text).toContain('/ToUnicode');
    const robbed = Buffer.from(text.replaceAll('/ToUnicode', '/XoUnicode'), 'latin1');
    expect(await refused(robbed)).toBe('unmapped_fonts');
  },
);

test('a PDF of 2,000 pages is read as far as the limit of pages, and says so', async () => {
  const pages = Array.from({ length: 2000 }, (_, n) => [
    `Report ${n + 1} of the harbour office.`,
    'The gauge at the old pier was read every six minutes.',
  ]);
  const document = await readDocument(pdf(pages));
  expect([document.format, document.truncated]).toEqual(['pdf', true]);
  expect(document.source).toContain('Report 50 of the harbour office.');
  expect(document.source).not.toContain('Report 51 ');
});

test('pages beyond the limit are left out, and the document says so', async () => {
  const all = await readDocument(file('headers.pdf'));
  const first = await readDocument(file('headers.pdf'), { limits: { pages: 1 } });
  expect([all.truncated, first.truncated]).toEqual([false, true]);
  expect(first.source.length).toBeLessThan(all.source.length / 2);
});
