import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { zip } from '../documents/zip.js';
import { buildApp } from './app.js';
import { FakeSuggester, prose } from './fake.js';

let fake: FakeSuggester;
let app: FastifyInstance;
let url: string;
beforeAll(async () => {
  fake = new FakeSuggester();
  app = await buildApp({ suggester: fake, uploadBytes: 200_000 });
  await app.service.loaded;
  url = `${await app.listen({ host: '127.0.0.1', port: 0 })}/v1/summaries`;
});
afterAll(() => app.close());
beforeEach(() => {
  fake.calls.length = 0;
});

// biome-ignore lint/suspicious/noExplicitAny: what is in it is tested
const json = (response: Response) => response.json() as Promise<any>;

async function upload(
  content: string | Uint8Array<ArrayBuffer>,
  name: string,
  fields: Record<string, string> = {},
  field = 'file',
) {
  const form = new FormData();
  for (const [key, value] of Object.entries(fields)) form.set(key, value);
  form.set(field, new Blob([content]), name);
  const response = await fetch(url, { method: 'POST', body: form });
  return { status: response.status, body: await json(response) };
}

test('a Markdown file gets the answer and the hash that its text gets', async () => {
  const { status, body } = await upload(prose, 'gauge.md');
  expect(status).toBe(200);
  expect(body.suggestion.text).toMatch(/^The gauge measures/);
  const [source] = body.suggestion.sources;
  expect(source.text).toBe(prose.slice(source.start, source.end));
});

test('fields beside the file are the options and the title', async () => {
  await upload(`${prose}a`, 'x.txt', { title: 'Sea', length: 'medium', minConfidence: '0.2' });
  expect(fake.calls[0]?.options).toMatchObject({ length: 'medium', minConfidence: 0.2 });
  expect(fake.calls[0]?.document.title).toBe('Sea');
});

const page = `<html><body><nav><a href="/">Home</a></nav><article><h1>Tide gauge</h1>
<p>The gauge measures the height of the sea every six minutes. It uses a radar.</p>
<p>The harbour office reads it from afar, and ships are warned of low water an hour ahead.</p>
</article></body></html>`;

test('HTML is read as a file and as text', { timeout: 60_000 }, async () => {
  const file = await upload(page, 'gauge.html');
  expect(file.body.suggestion?.text).toMatch(/The gauge measures|The harbour office/);
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ document: { text: page, format: 'html' } }),
  });
  expect((await json(response)).suggestion.text).toBe(file.body.suggestion.text);
});

test('HTML without text is a document with nothing to say', { timeout: 60_000 }, async () => {
  for (const text of ['', ' ', '<p></p>']) {
    const payload = { document: { text, format: 'html' } };
    const response = await app.inject({ method: 'POST', url: '/v1/summaries', payload });
    expect(response.json()).toMatchObject({ suggestion: null, reason: 'empty' });
  }
});

test('files made to do harm are refused, and cost no memory of the service', {
  timeout: 60_000,
}, async () => {
  const part = 'word/document.xml';
  const levels = Array.from(
    { length: 12 },
    (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`,
  );
  const laughs = `<!DOCTYPE x [<!ENTITY l0 "ha">${levels.join('')}]><w:document>&l12;</w:document>`;
  for (const bytes of [zip({ [part]: Buffer.alloc(80_000_000) }), zip({ [part]: laughs })]) {
    const before = process.memoryUsage().rss;
    const { status, body } = await upload(Uint8Array.from(bytes), 'x.docx');
    expect([status, body.error.details[0].field]).toEqual([422, 'file']);
    expect(process.memoryUsage().rss - before).toBeLessThan(60_000_000);
  }
  expect(fake.calls).toHaveLength(0);
});

describe('what cannot be read says so', () => {
  test.each([
    ['an image', Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 1, 2, 3]), 'x.png', 415, /PNG/],
    ['an empty file', '', 'x.md', 422, /empty/],
    ['a damaged PDF', '%PDF-1.7 nothing behind it', 'x.pdf', 422, /file: /],
    ['a damaged docx', Uint8Array.from([0x50, 0x4b, 3, 4, 9, 9]), 'x.docx', 422, /file: /],
  ] as const)('%s', { timeout: 60_000 }, async (_, content, name, status, message) => {
    const answer = await upload(content, name);
    expect([answer.status, answer.body.error.message]).toEqual([
      status,
      expect.stringMatching(message),
    ]);
    expect(fake.calls).toHaveLength(0);
  });

  test.each([
    [{ lenght: 'short' }, 'lenght'],
    [{ length: 'long' }, 'length'],
    [{ type: 'headline' }, 'options.type'],
    [{ minConfidence: 'x' }, 'minConfidence'],
  ])('a field %j', async (fields, field) => {
    const { status, body } = await upload(prose, 'x.md', fields as Record<string, string>);
    expect([status, body.error.details?.[0]?.field]).toEqual([422, field]);
  });

  test('no file, or one under another name', async () => {
    const other = await upload(prose, 'x.md', {}, 'document');
    expect([other.status, other.body.error.details[0].field]).toEqual([422, 'document']);
    const form = new FormData();
    form.set('title', 'x');
    const response = await fetch(url, { method: 'POST', body: form });
    expect((await json(response)).error.details[0].field).toBe('file');
  });

  test('413 for a file that is too large, told or not', async () => {
    const { status, body } = await upload('x'.repeat(300_000), 'x.txt');
    expect(status).toBe(413);
    expect(body.error.details).toEqual({ requested: expect.any(Number), quota: 200_000 });
    const slightly = await upload('x'.repeat(210_000), 'x.txt');
    expect(slightly.status).toBe(413);
  });

  test('400 for a body that is no multipart', async () => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'multipart/form-data; boundary=x' },
      body: '{}',
    });
    expect([400, 422]).toContain(response.status);
  });
});
