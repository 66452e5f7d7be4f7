import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InferenceClient } from '@huggingface/inference';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { writeKeys } from '../../server/keys/file.js';
import { createKey } from '../../server/keys/key.js';
import { buildApp } from './app.js';
import { FakeSuggester, prose } from './fake.js';

let app: FastifyInstance;
let endpointUrl: string;
let secret: string;
beforeAll(async () => {
  const keysFile = join(await mkdtemp(join(tmpdir(), 'precis-hub-')), 'keys.json');
  const made = createKey({ name: 'hub', scopes: ['suggest'] });
  secret = made.secret;
  await writeKeys(keysFile, [made.stored]);
  app = await buildApp({ suggester: new FakeSuggester(), keysFile });
  await app.service.loaded;
  endpointUrl = `${await app.listen({ host: '127.0.0.1', port: 0 })}/models/precis`;
});
afterAll(() => app.close());

test("Hugging Face's own client gets summaries", async () => {
  const client = new InferenceClient(secret, { endpointUrl });
  const answer = await client.summarization({
    inputs: prose,
    parameters: { clean_up_tokenization_spaces: true },
  });
  expect([answer].flat()[0]?.summary_text).toMatch(/^The gauge measures .*\.$/);
});

test('and an empty text for what is withheld', async () => {
  const client = new InferenceClient(secret, { endpointUrl });
  expect([await client.summarization({ inputs: 'Short.' })].flat()[0]?.summary_text).toBe('');
});

test('a wrong key and an unknown model are its errors', async () => {
  const wrong = new InferenceClient(`${secret}x`, { endpointUrl });
  await expect(wrong.summarization({ inputs: prose })).rejects.toThrow();
  const other = endpointUrl.replace(/precis$/, 'bart');
  const client = new InferenceClient(secret, { endpointUrl: other });
  await expect(client.summarization({ inputs: prose })).rejects.toThrow();
});

test('several texts at once, as the raw API takes them', async () => {
  const response = await fetch(endpointUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${secret}` },
    body: JSON.stringify({ inputs: [prose, 'Short.'] }),
  });
  expect(await response.json()).toEqual([
    { summary_text: expect.stringMatching(/^The gauge/) },
    { summary_text: '' },
  ]);
});
