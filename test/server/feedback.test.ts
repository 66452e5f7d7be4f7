import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { requireBuilt } from '../built.js';
import { buildApp } from './app.js';
import { FakeSuggester, prose } from './fake.js';
import { binaries, missing, startPostgres } from './postgres.js';

const { openDatabase } =
  requireBuilt<typeof import('../../server/feedback/open.js')>('server/feedback/open.js');

interface Backend {
  place: { data: string; databaseUrl?: string };
  stop(): Promise<void>;
}

const embedded = async (): Promise<Backend> => {
  const data = await mkdtemp(join(tmpdir(), 'precis-feedback-'));
  return { place: { data }, stop: () => rm(data, { recursive: true }) };
};

const server = async (): Promise<Backend> => {
  const { url, stop } = await startPostgres();
  return { place: { data: '', databaseUrl: url }, stop };
};

describe.each([
  ['embedded', embedded, false],
  ['PostgreSQL', server, missing('postgresql', binaries)],
] as const)('feedback in %s', (_, begin, skip) => {
  describe.skipIf(skip)('', () => {
    let backend: Backend;
    let app: FastifyInstance;
    beforeAll(async () => {
      backend = await begin();
      app = await start();
    }, 120_000);
    afterAll(async () => {
      await app?.close();
      await backend?.stop();
    });

    async function start(options = {}) {
      const started = await buildApp({
        suggester: new FakeSuggester(),
        openDatabase: () => openDatabase(backend.place),
        ...options,
      });
      await started.service.loaded;
      return started;
    }

    const suggest = async (text = prose) => {
      const payload = { document: { text } };
      const response = await app.inject({ method: 'POST', url: '/v1/summaries', payload });
      return response.json();
    };
    const give = (payload: object, headers = {}) =>
      app.inject({ method: 'POST', url: '/v1/feedback', payload, headers });
    const get = async (url: string) => (await app.inject({ method: 'GET', url })).json();
    const lines = async () => {
      const { body } = await app.inject({ method: 'GET', url: '/v1/feedback/export' });
      return body
        .split('\n')
        .filter(Boolean)
        .map((line) => JSON.parse(line));
    };

    test('the report counts the latest word on each suggestion', async () => {
      const [a, b, c] = [await suggest(), await suggest(), await suggest()];
      await suggest();
      expect((await give({ suggestionId: a.suggestion.id, action: 'dismissed' })).statusCode).toBe(
        201,
      );
      await give({ suggestionId: a.suggestion.id, action: 'accepted' });
      await give({ suggestionId: b.suggestion.id, action: 'edited', text: 'Better.' });
      await give({ suggestionId: c.suggestion.id, action: 'dismissed' });
      await give({ suggestionId: randomUUID(), action: 'accepted' });
      const counts = { shown: 4, accepted: 1, edited: 1, dismissed: 1, acceptance: 2 / 3 };
      expect(await get('/v1/feedback/report')).toEqual({
        days: 30,
        total: counts,
        byConfidence: [{ from: 0.7, to: 0.8, ...counts }],
        byKind: [{ type: 'tldr', length: 'short', ...counts }],
        byModel: [{ model: { name: 'fake', version: '1.0.0' }, ...counts }],
        byDay: [{ day: new Date().toISOString().slice(0, 10), ...counts }],
        unmatched: 1,
      });
    });

    test('the export is what calibration reads, without texts', async () => {
      const rows = await lines();
      expect(rows.map((row) => row.verdict).sort()).toEqual(['accept', 'dismiss', 'edit']);
      expect(rows[0]).toEqual({
        id: expect.any(String),
        verdict: expect.any(String),
        confidence: 0.75,
        beams: 4,
        model: { name: 'fake', version: '1.0.0' },
        type: 'tldr',
        length: 'short',
        documentHash: expect.stringMatching(/^[0-9a-f]{64}$/),
        shownAt: expect.any(String),
        givenAt: expect.any(String),
      });
      expect(JSON.stringify(rows)).not.toMatch(/Better|gauge/);
    });

    test('an Idempotency-Key stores once, and refuses other feedback under it', async () => {
      const { suggestion } = await suggest();
      const headers = { 'idempotency-key': randomUUID() };
      const payload = { suggestionId: suggestion.id, action: 'accepted' };
      const answers = await Promise.all([1, 2, 3, 4].map(() => give(payload, headers)));
      expect(answers.map((answer) => answer.statusCode).sort()).toEqual([200, 200, 200, 201]);
      for (const answer of answers) expect(answer.json()).toEqual(payload);
      const other = await give({ ...payload, action: 'dismissed' }, headers);
      expect(other.statusCode).toBe(422);
      expect(other.json().error.details[0].field).toBe('idempotency-key');
    });

    test('everything about a document can be deleted', async () => {
      const { suggestion, documentHash } = await suggest('The tide turns at noon. We sail then.');
      await give({ suggestionId: suggestion.id, action: 'accepted' });
      const url = `/v1/feedback?documentHash=${documentHash}`;
      const erase = async () => (await app.inject({ method: 'DELETE', url })).json();
      expect(await erase()).toEqual({ suggestions: 1, feedback: 1 });
      expect(await erase()).toEqual({ suggestions: 0, feedback: 0 });
      expect((await lines()).some((row) => row.documentHash === documentHash)).toBe(false);
    });

    test.each([
      [{ suggestionId: 'x', action: 'accepted' }, 'suggestionId'],
      [{ suggestionId: randomUUID(), action: 'liked' }, 'action'],
      [{ suggestionId: randomUUID() }, 'action'],
    ])('422: %j', async (payload, field) => {
      const response = await give(payload);
      expect([response.statusCode, response.json().error.details[0].field]).toEqual([422, field]);
    });

    test('texts are kept when the operator wants them, whatever characters they have', async () => {
      await app.close();
      app = await start({ storeTexts: true });
      const { suggestion } = await suggest();
      const text = 'A \u0000 better \ud800 one.';
      const answer = await give({ suggestionId: suggestion.id, action: 'edited', text });
      expect(answer.statusCode).toBe(201);
      const row = (await lines()).find(({ id }) => id === suggestion.id);
      expect(row).toMatchObject({ text: suggestion.text, editedText: 'A  better \ufffd one.' });
    });

    test('what was given before a restart is there after it; what is too old is not', async () => {
      const before = await lines();
      expect(before.length).toBeGreaterThan(3);
      const database = await reopen();
      await database.transaction([
        {
          sql: `UPDATE suggestions SET shown_at = now() - interval '40 days' WHERE id = $1::text::uuid`,
          values: [before[0].id],
        },
        {
          sql: `UPDATE feedback SET given_at = now() - interval '40 days' WHERE suggestion_id = $1::text::uuid`,
          values: [before[0].id],
        },
      ]);
      await database.close();
      app = await start({ retentionDays: 30 });
      await expect.poll(lines, { timeout: 20_000 }).toHaveLength(before.length - 1);
    });

    async function reopen() {
      await app.close();
      return openDatabase(backend.place);
    }
  });
});

test('without a database feedback is 503 and suggestions go on', async () => {
  const app = await buildApp({ suggester: new FakeSuggester() });
  const payload = { suggestionId: randomUUID(), action: 'accepted' };
  const answer = await app.inject({ method: 'POST', url: '/v1/feedback', payload });
  expect(answer.statusCode).toBe(503);
  expect(answer.headers['retry-after']).toBe('5');
  expect(answer.json().error.code).toBe('feedback_unavailable');
  const document = { document: { text: prose } };
  const still = await app.inject({ method: 'POST', url: '/v1/summaries', payload: document });
  expect(still.statusCode).toBe(200);
  await app.close();
});
