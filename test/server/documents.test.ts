import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PrecisClient } from '../../client/index.js';
import { root } from '../built.js';
import { buildApp } from './app.js';
import { FakeSuggester } from './fake.js';

let app: FastifyInstance;
let url: string;
let client: PrecisClient;
const fake = new FakeSuggester();
beforeAll(async () => {
  app = await buildApp({ suggester: fake });
  await app.service.loaded;
  url = await app.listen({ host: '127.0.0.1', port: 0 });
  client = new PrecisClient({ url });
});
afterAll(() => app.close());

const file = (name: string) => new Blob([readFileSync(join(root, 'test/fixtures/files', name))]);

test('a docx becomes its title and blocks, and the model is not asked', {
  timeout: 60_000,
}, async () => {
  const read = await client.read(file('article.docx'), { name: 'article.docx' });
  expect(read).toMatchObject({ format: 'docx', truncated: false });
  expect(read.title).toBeTruthy();
  expect(read.blocks.map(({ kind }) => kind)).toContain('paragraph');
  expect(fake.calls).toEqual([]);
});

test('Markdown keeps the order and the levels of its blocks', async () => {
  const text = '# Tides\n\nThe moon pulls.\n\n## Twice a day\n\n- high\n  - low\n';
  const read = await client.read(new Blob([text]), { name: 'tides.md' });
  expect(read.blocks).toEqual([
    { kind: 'heading', text: 'Tides', level: 1 },
    { kind: 'paragraph', text: 'The moon pulls.' },
    { kind: 'heading', text: 'Twice a day', level: 2 },
    { kind: 'list-item', text: 'high', level: 0 },
    { kind: 'list-item', text: 'low', level: 1 },
  ]);
});

test('a file that cannot be read and a body without a file say what is wrong', async () => {
  const locked = client.read(file('protected.pdf'), { name: 'protected.pdf' });
  await expect(locked).rejects.toMatchObject({ status: 422, message: /password/ });
  const json = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' };
  const response = await fetch(`${url}/v1/documents`, json);
  expect(response.status).toBe(422);
  const { error } = (await response.json()) as { error: { message: string } };
  expect(error.message).toContain('multipart/form-data');
});
