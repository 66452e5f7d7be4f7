import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import type { FastifyInstance } from 'fastify';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { buildApp } from './app.js';
import { FakeSuggester, prose } from './fake.js';

let fake: FakeSuggester;
let app: FastifyInstance;
let log: string[];

beforeEach(async () => {
  fake = new FakeSuggester();
  log = [];
  app = await buildApp({
    suggester: fake,
    bodyBytes: 2_000_000,
    logLevel: 'trace',
    log: { write: (line) => log.push(line) },
  });
  await app.service.loaded;
});
afterEach(() => app.close());

async function post(payload: unknown, headers: Record<string, string> = {}) {
  const raw = typeof payload === 'string' || payload instanceof Buffer;
  const response = await app.inject({
    method: 'POST',
    url: '/v1/summaries',
    headers: { 'content-type': 'application/json', ...headers },
    payload: raw ? payload : JSON.stringify(payload),
  });
  return { status: response.statusCode, body: response.json() };
}

describe('a suggestion', () => {
  test('has every field of the contract', async () => {
    const { status, body } = await post({ document: { text: prose } });
    expect(status).toBe(200);
    expect(body).toEqual({
      suggestion: {
        id: expect.stringMatching(/^[0-9a-f-]{36}$/),
        text: 'The gauge measures the height of the sea every six minutes. It uses a radar.',
        type: 'tldr',
        confidence: 0.75,
        sources: [{ start: 14, end: 90, text: expect.stringContaining('radar.') }],
      },
      reason: null,
      documentType: null,
      input: { tokens: 15, limit: 512, truncated: false },
      model: { name: 'fake', version: '1.0.0' },
      documentHash: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });

  test('is asked for with the defaults and the options given', async () => {
    await post({ document: { text: prose } });
    await post({
      document: { text: prose, title: 'Sea', format: 'plain' },
      options: { length: 'medium', minConfidence: 0.2 },
    });
    expect(fake.calls[0]?.options).toMatchObject({ type: 'tldr', length: 'short' });
    expect(fake.calls[0]?.document.title).toBe('Tide gauge');
    expect(fake.calls[1]?.options).toMatchObject({ length: 'medium', minConfidence: 0.2 });
    expect(fake.calls[1]?.document.title).toBe('Sea');
  });

  test('is withheld with a reason and status 200', async () => {
    const { status, body } = await post({
      document: { text: prose },
      options: { minConfidence: 0.9 },
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({ suggestion: null, reason: 'low_confidence' });
  });

  test('gets an id of its own each time', async () => {
    const [first, second] = [
      await post({ document: { text: prose } }),
      await post({ document: { text: prose } }),
    ];
    expect(first.body.suggestion.id).not.toBe(second.body.suggestion.id);
    expect(first.body.documentHash).toBe(second.body.documentHash);
  });
});

describe('documentHash', () => {
  const hash = async (document: object) => (await post({ document })).body.documentHash;

  test('is the SHA-256 that its description promises', async () => {
    const expected = createHash('sha256').update('["markdown",null,"a\\nb"]').digest('hex');
    expect(await hash({ text: 'a\r\nb' })).toBe(expected);
  });

  test('does not depend on line ends or Unicode composition, but on text, title and format', async () => {
    const base = await hash({ text: 'caf\u00e9\nau lait' });
    expect(await hash({ text: 'cafe\u0301\r\nau lait' })).toBe(base);
    expect(await hash({ text: 'caf\u00e9\nau lait.' })).not.toBe(base);
    expect(await hash({ text: 'caf\u00e9\nau lait', title: 'x' })).not.toBe(base);
    expect(await hash({ text: 'caf\u00e9\nau lait', format: 'plain' })).not.toBe(base);
  });
});

describe('documents with nothing to say', () => {
  test.each([
    ['empty', ''],
    ['whitespace', ' \n\t\u00a0\r\n '],
    ['invisible characters', '\u200b\ufeff'],
  ])('%s', async (_, text) => {
    const { status, body } = await post({ document: { text } });
    expect(status).toBe(200);
    expect(body).toMatchObject({ suggestion: null, reason: 'empty' });
  });

  test.each([
    ['1 MB of one letter', 'a'.repeat(1_000_000)],
    [
      'binary as text',
      Buffer.from(Uint8Array.from({ length: 4096 }, (_, i) => i % 251)).toString('latin1'),
    ],
  ])('%s', async (_, text) => {
    const { status, body } = await post({ document: { text } });
    expect(status).toBe(200);
    expect(body.suggestion === null || typeof body.suggestion.text === 'string').toBe(true);
  });

  test('lone surrogates', async () => {
    const { status, body } = await post(
      '{"document":{"text":"\\ud800 one two three four \\udfff five."}}',
    );
    expect(status).toBe(200);
    expect(JSON.stringify(body)).not.toMatch(/\\ud[89a-f]/);
  });
});

describe('422 names the field and what was expected', () => {
  test.each([
    ['no document', {}, 'document', 'object'],
    ['no text', { document: {} }, 'document.text', 'string'],
    ['text of another type', { document: { text: 7 } }, 'document.text', 'string'],
    ['null text', { document: { text: null } }, 'document.text', 'string'],
    ['a title of another type', { document: { text: 'x', title: [] } }, 'document.title', 'string'],
    [
      'a title that is too long',
      { document: { text: 'x', title: 'x'.repeat(2000) } },
      'document.title',
      'at most 1000 characters',
    ],
    [
      'an unknown format',
      { document: { text: 'x', format: 'rtf' } },
      'document.format',
      'one of markdown, plain, html',
    ],
    [
      'an unknown length',
      { document: { text: 'x' }, options: { length: 'long' } },
      'options.length',
      'one of short, medium',
    ],
    [
      'an unknown type',
      { document: { text: 'x' }, options: { type: 'haiku' } },
      'options.type',
      'one of tldr, headline, key-points',
    ],
    [
      'a type the model cannot write',
      { document: { text: 'x' }, options: { type: 'headline' } },
      'options.type',
      'one of tldr',
    ],
    [
      'a confidence above one',
      { document: { text: 'x' }, options: { minConfidence: 2 } },
      'options.minConfidence',
      'at most 1',
    ],
    ['a misspelt field', { document: { text: 'x' }, option: {} }, 'option', 'no such field'],
    ['an array', [], '', 'object'],
    ['a string', '"text"', '', 'object'],
    ['null', 'null', '', 'object'],
  ])('%s', async (_, payload, field, expected) => {
    const { status, body } = await post(payload);
    expect(status).toBe(422);
    expect(body).toEqual({
      error: {
        code: 'invalid',
        message: expect.stringContaining(field),
        details: [{ field, expected, message: expect.any(String) }],
      },
      requestId: expect.any(String),
    });
    expect(fake.calls).toHaveLength(0);
  });

  test('for several fields at once', async () => {
    const { body } = await post({ document: { text: 1 }, options: { length: 2 } });
    expect(body.error.details.map((problem: { field: string }) => problem.field)).toEqual([
      'document.text',
      'options.length',
    ]);
    expect(body.error.message).toContain('document.text: expected string, got number');
  });
});

describe('other errors have the same shape', () => {
  const shape = (code: string, details?: object) => ({
    error: { code, message: expect.any(String), ...(details ? { details } : {}) },
    requestId: expect.any(String),
  });

  test.each([
    ['truncated JSON', '{"document": {"text": "secret'],
    ['not JSON', 'document=secret'],
    ['nothing', ''],
    ['binary', Buffer.from([0xff, 0xfe, 0x00, 0x80, 0x7b])],
    [
      'broken UTF-8 in a string',
      Buffer.from([...Buffer.from('{"document":{"text":"'), 0xc3, 0x28, ...Buffer.from('"}}')]),
    ],
    ['a poisoned prototype', '{"document":{"text":"x"},"__proto__":{"a":1}}'],
  ])('400: %s', async (_, payload) => {
    const { status, body } = await post(payload);
    expect(body).toEqual(shape('malformed'));
    expect(status).toBe(400);
    expect(JSON.stringify(body)).not.toContain('secret');
  });

  test.each([
    ['GET', '/v1/summaries'],
    ['GET', '/nowhere'],
    ['POST', '/v1/summaries/../../etc'],
  ] as const)('404: %s %s', async (method, url) => {
    const response = await app.inject({ method, url });
    expect(response.statusCode).toBe(404);
    expect(response.json()).toEqual(shape('not_found'));
  });

  test('413 with what was sent and what is allowed', async () => {
    const payload = JSON.stringify({ document: { text: 'a'.repeat(2_000_000) } });
    const { status, body } = await post(payload);
    expect(status).toBe(413);
    expect(body).toEqual(shape('too_large', { requested: payload.length, quota: 2_000_000 }));
  });

  test('413 for a body that does not say how long it is', async () => {
    const response = await app.inject({
      method: 'POST',
      url: '/v1/summaries',
      headers: { 'content-type': 'application/json', 'transfer-encoding': 'chunked' },
      payload: Readable.from(Array.from({ length: 30 }, () => Buffer.alloc(100_000, 'a'))),
    });
    expect(response.statusCode).toBe(413);
    expect(response.json()).toEqual(shape('too_large', { requested: null, quota: 2_000_000 }));
  });

  test('429 when the queue is full, with Retry-After', async () => {
    fake.failure = Object.assign(new Error('128 documents are waiting'), { code: 'queue_full' });
    const response = await app.inject({
      method: 'POST',
      url: '/v1/summaries',
      payload: { document: { text: prose } },
    });
    expect(response.statusCode).toBe(429);
    expect(response.headers['retry-after']).toBe('1');
    expect(response.json()).toEqual(shape('busy'));
  });

  test.each(['text/plain', 'application/xml', 'nonsense'])('415: %s', async (type) => {
    const { status, body } = await post('{}', { 'content-type': type });
    expect(status).toBe(415);
    expect(body).toEqual(shape('unsupported_media_type'));
  });

  test('500 tells nothing about the fault', async () => {
    fake.failure = new Error('worker fell over at /srv/precis');
    const { status, body } = await post({ document: { text: prose } });
    expect(status).toBe(500);
    expect(body).toEqual(shape('internal'));
    expect(JSON.stringify(body)).not.toMatch(/srv|worker|at /);
  });
});

describe('the log', () => {
  test('holds request ids and no text of any document, even when things fail', async () => {
    const secret = 'Zanzibarium';
    await post({ document: { text: `# ${secret}\n\n${prose}` } });
    await post({ document: { text: [secret] } });
    await post(`{"document": {"text": "${secret}`);
    await post({ [secret]: secret, document: { text: 'x', format: secret } });
    fake.failure = new Error(`cannot digest ${secret}`);
    const { body } = await post({ document: { text: `${prose}${secret}` } });
    await app.inject({ method: 'GET', url: `/v1/info?text=${secret}` });
    const lines = log.join('');
    expect(lines).toContain(body.requestId);
    expect(lines).toContain('fault');
    expect(lines).not.toContain(secret);
  });
});
