import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { writeKeys } from '../../server/keys/file.js';
import { createKey, type NewKey, type StoredKey } from '../../server/keys/key.js';
import { buildApp } from './app.js';
import { FakeSuggester, prose } from './fake.js';

let folder: string;
let keysFile: string;
let app: FastifyInstance;
let stored: StoredKey[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'precis-keys-'));
  keysFile = join(folder, 'keys.json');
  stored = [];
});
afterEach(async () => {
  await app.close();
  await rm(folder, { recursive: true });
});

async function key(wanted: Partial<NewKey> = {}): Promise<string> {
  const made = createKey({ name: 'editor', scopes: ['suggest'], ...wanted });
  stored.push(made.stored);
  await writeKeys(keysFile, stored);
  return made.secret;
}

async function start(options = {}) {
  app = await buildApp({ suggester: new FakeSuggester(), keysFile, ...options });
  await app.service.loaded;
}

const as = (secret?: string) => ({ headers: secret ? { authorization: `Bearer ${secret}` } : {} });
const suggest = (secret?: string, text = prose) =>
  app.inject({
    method: 'POST',
    url: '/v1/summaries',
    payload: { document: { text } },
    ...as(secret),
  });
const status = async (url: string, secret?: string) =>
  (await app.inject({ url, ...as(secret) })).statusCode;

test('where keys exist every route of the API asks for one, with its scope', async () => {
  const [writer, admin] = [await key(), await key({ scopes: ['admin'] })];
  await start();
  expect((await suggest(writer)).statusCode).toBe(200);
  expect((await suggest(admin)).statusCode).toBe(200);
  expect(await status('/v1/feedback/report', writer)).toBe(403);
  expect(await status('/metrics', writer)).toBe(403);
  expect(await status('/metrics', admin)).toBe(200);
  const { paths } = (await app.inject({ url: '/openapi.json' })).json();
  for (const [path, methods] of Object.entries<object>(paths)) {
    if (path.startsWith('/health')) continue;
    for (const method of Object.keys(methods)) {
      const url = path.replace('{name}', 'precis');
      const response = await app.inject({ method: method.toUpperCase() as 'GET', url });
      expect([method, url, response.statusCode]).toEqual([method, url, 401]);
      expect(response.headers['www-authenticate']).toBe('Bearer');
      expect(response.json().error.code).toBe('unauthorized');
    }
  }
});

test('health, documentation and unknown addresses need no key', async () => {
  await key();
  await start();
  expect(await status('/health/live')).toBe(200);
  expect(await status('/health/ready')).toBe(200);
  expect(await status('/openapi.json')).toBe(200);
  expect(await status('/docs/')).toBe(200);
  expect(await status('/v1/nowhere')).toBe(404);
});

test.each([
  ['no scheme', (secret: string) => secret],
  ['another scheme', (secret: string) => `Basic ${secret}`],
  ['a key cut short', (secret: string) => `Bearer ${secret.slice(0, -1)}`],
  [
    'another secret under the same id',
    (secret: string) => `Bearer ${secret.slice(0, 16)}${'A'.repeat(43)}`,
  ],
  ['nothing', () => 'Bearer '],
])('401: %s', async (_, header) => {
  const secret = await key();
  await start();
  const response = await app.inject({
    url: '/v1/info',
    headers: { authorization: header(secret) },
  });
  expect(response.statusCode).toBe(401);
  expect(response.body).not.toContain(secret.slice(-20));
});

test('an expired key is 401', async () => {
  const secret = await key({ expires: '2020-01-01T00:00:00.000Z' });
  await start();
  expect((await suggest(secret)).statusCode).toBe(401);
});

test('the file holds no secret and only its owner may read it', async () => {
  const secret = await key();
  await start();
  expect(await readFile(keysFile, 'utf8')).not.toContain(secret.slice(-20));
  expect((await stat(keysFile)).mode & 0o777).toBe(0o600);
});

describe('while the service runs', () => {
  test('a new key works and a removed one stops within seconds', async () => {
    await start();
    expect((await suggest()).statusCode).toBe(200);
    const secret = await key();
    await expect.poll(async () => (await suggest()).statusCode, { timeout: 10_000 }).toBe(401);
    expect((await suggest(secret)).statusCode).toBe(200);
    await writeKeys(keysFile, []);
    const after = async () => (await suggest(secret)).statusCode;
    await expect.poll(after, { timeout: 10_000 }).toBe(401);
    // No keys left does not mean that everyone may come in.
    expect((await suggest()).statusCode).toBe(401);
  });

  test('a damaged file changes nothing', async () => {
    const secret = await key();
    await start();
    await writeFile(keysFile, '{"version": 1, "keys": [');
    await new Promise((resolve) => setTimeout(resolve, 1200));
    expect((await suggest(secret)).statusCode).toBe(200);
    expect((await suggest()).statusCode).toBe(401);
  });
});

test('a file that is damaged at start is refused by name', async () => {
  await writeFile(keysFile, 'x');
  await expect(start()).rejects.toThrow(/keys\.json: is not a file of API keys/);
  await rm(keysFile);
  await start();
});

describe('limits of a key', () => {
  test('requests a minute: 429 with Retry-After, for that key only', async () => {
    const [slow, other] = [await key({ ratePerMinute: 3 }), await key()];
    await start();
    for (let i = 0; i < 3; i++) expect((await suggest(slow)).statusCode).toBe(200);
    const refused = await suggest(slow);
    expect([refused.statusCode, refused.json().error.code]).toEqual([429, 'rate_limited']);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect((await suggest(other)).statusCode).toBe(200);
  });

  test('documents a day, each line of a batch counted', async () => {
    const secret = await key({ documentsPerDay: 2 });
    await start();
    const response = await app.inject({
      method: 'POST',
      url: '/v1/summaries/batch',
      headers: { 'content-type': 'application/x-ndjson', authorization: `Bearer ${secret}` },
      payload: [1, 2, 3].map((id) => JSON.stringify({ id, text: prose })).join('\n'),
    });
    const rows = response.body
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(rows.map((row) => row.error?.code ?? 'ok')).toEqual(['ok', 'ok', 'quota_exceeded']);
    expect((await suggest(secret)).json().error.code).toBe('quota_exceeded');
  });
});
