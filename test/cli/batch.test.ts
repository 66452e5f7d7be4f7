import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { run, start } from './run.js';

let folder: string;
let out: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'precis-'));
  out = join(folder, 'out.ndjson');
});
afterEach(() => rm(folder, { recursive: true }));

const ndjson = (rows: unknown[]) => rows.map((row) => `${JSON.stringify(row)}\n`).join('');
const parse = (text: string) =>
  text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));

async function batch(input: string | Buffer, ...flags: string[]) {
  const path = join(folder, 'in.ndjson');
  await writeFile(path, input);
  const result = await run(['batch', path, '--out', out, ...flags]);
  const rows = parse(await readFile(out, 'utf8').catch(() => ''));
  return { ...result, rows };
}

test('answers in input order, whichever is done first', async () => {
  const items = Array.from({ length: 40 }, (_, i) => ({
    id: `d${i}`,
    text: `WAIT ${((i * 7) % 5) * 10} for number ${i}.`,
  }));
  const { code, rows, stderr } = await batch(ndjson(items), '--workers', '4');
  expect(code).toBe(0);
  expect(rows.map((row) => row.id)).toEqual(items.map((item) => item.id));
  expect(stderr).toMatch(/^40 documents in [\d.]+ s: 40 suggestions, 0 withheld, 0 errors\.\n$/);
});

test("a line is the service's answer with id and diagnostics", async () => {
  const { rows } = await batch(
    ndjson([{ id: 7, text: 'The *sea* rises.', title: 'Sea', format: 'plain', group: 'x' }]),
    '--length',
    'medium',
  );
  expect(rows).toEqual([
    {
      id: 7,
      suggestion: expect.objectContaining({ text: 'The *sea* rises.', confidence: 0.8 }),
      reason: null,
      documentType: null,
      input: { tokens: 16, limit: 512, truncated: false },
      model: { name: 'fake', version: '1.0.0' },
      documentHash: expect.any(String),
      diagnostics: { title: 'Sea', length: 'medium' },
      key: expect.stringMatching(/^[0-9a-f]{32}$/),
    },
  ]);
});

test('--min-confidence withholds', async () => {
  const input = ndjson([{ id: 'a', text: 'The sea rises.' }]);
  const { code, rows } = await batch(input, '--min-confidence', '0.9');
  expect(code).toBe(0);
  expect(rows[0]).toMatchObject({ id: 'a', suggestion: null, reason: 'low_confidence' });
});

test('an error concerns its own line only', async () => {
  const input = [
    '{"id": "good", "text": "The sea rises."}',
    '{"id": "cut", "text": "The s',
    '',
    '{"id": "no text"}',
    '{"text": "No id."}',
    '{"id": "number", "text": 5}',
    '{"id": "format", "text": "x", "format": "html"}',
    '{"id": "break", "text": "BREAK."}',
    '[1, 2]',
    'null',
    '{"id": "surrogate", "text": "\\ud800 The sea rises."}',
    '{"id": "last", "text": "No newline behind it."}',
  ].join('\n');
  const { code, rows, stderr } = await batch(input);
  expect(code).toBe(0);
  expect(rows.map(({ id, error }) => [id, error?.code ?? 'ok'])).toEqual([
    ['good', 'ok'],
    [null, 'malformed'],
    ['no text', 'invalid'],
    [null, 'invalid'],
    ['number', 'invalid'],
    ['format', 'invalid'],
    ['break', 'internal'],
    [null, 'invalid'],
    [null, 'invalid'],
    ['surrogate', 'ok'],
    ['last', 'ok'],
  ]);
  expect(rows[1].error.message).toBe('line 2: is not JSON in UTF-8');
  expect(rows[4].error).toEqual({
    code: 'invalid',
    message: 'line 6: text: expected string, got number',
    details: [{ field: 'text', expected: 'string', message: 'expected string, got number' }],
  });
  expect(rows[6].error.message).toBe('line 8: the worker broke');
  expect(stderr).toContain('3 suggestions, 0 withheld, 8 errors');
});

test('binary input gives errors, exit code 1', async () => {
  const { code, rows } = await batch(Buffer.from([0xff, 0x00, 0xfe, 0x0a, 0x80, 0x81]));
  expect(code).toBe(1);
  expect(rows.map((row) => row.error.code)).toEqual(['malformed', 'malformed']);
});

test('an empty input is an error and says so', async () => {
  const { code, stderr } = await batch('\n \n');
  expect(code).toBe(1);
  expect(stderr).toContain('the input holds no documents');
});

test('a line that is too long is an error, not a memory hog', async () => {
  const long = `{"id": "long", "text": "${'a'.repeat(17 * 1024 * 1024)}"}\n`;
  const { rows } = await batch(`${long}{"id": "next", "text": "The sea rises."}\n`);
  expect(rows[0].error.code).toBe('too_large');
  expect(rows[1]).toMatchObject({ id: 'next', reason: null });
});

test('streams from standard input to standard output, an answer before the next line is read', async () => {
  const child = start(['batch', '-', '--out', '-']);
  let stdout = '';
  const first = new Promise<void>((resolve) => {
    child.stdout.setEncoding('utf8').on('data', (text) => {
      stdout += text;
      if (stdout.includes('\n')) resolve();
    });
  });
  child.stdin.write(ndjson([{ id: 1, text: 'The sea rises.' }]));
  await first;
  child.stdin.end(ndjson([{ id: 2, text: 'The sea falls.' }]));
  const code = await new Promise((resolve) => child.on('close', resolve));
  expect(code).toBe(0);
  expect(parse(stdout).map((row) => row.id)).toEqual([1, 2]);
});

test('the output appears only when it is complete, and nothing else is left behind', async () => {
  await writeFile(out, 'earlier\n');
  const child = start(['batch', '-', '--out', out]);
  child.stdin.write(ndjson([{ id: 1, text: 'The sea rises.' }]));
  await expect
    .poll(async () => (await readdir(folder)).some((name) => name.endsWith('.partial')), {
      timeout: 20_000,
    })
    .toBe(true);
  expect(await readFile(out, 'utf8')).toBe('earlier\n');
  child.stdin.end();
  await new Promise((resolve) => child.on('close', resolve));
  expect(await readdir(folder)).toEqual(['out.ndjson']);
  expect(parse(await readFile(out, 'utf8'))).toHaveLength(1);
});

test('holds back the reader when the writer is slow', async () => {
  const child = start(['batch', '-', '--out', '-', '--workers', '2']);
  child.stdin.on('error', () => {});
  const line = ndjson([{ id: 1, text: `${'And it falls '.repeat(5000)}.`, format: 'plain' }]);
  // Nothing reads the answers: the pipes fill up, and then nothing more may be taken in.
  let taken = 0;
  for (let drained = true; drained; taken += line.length) {
    if (child.stdin.write(line)) continue;
    const signal = AbortSignal.timeout(4000);
    drained = await once(child.stdin, 'drain', { signal }).then(
      () => true,
      () => false,
    );
    if (taken > 16 * 1024 * 1024) break;
  }
  expect(taken).toBeLessThan(16 * 1024 * 1024);
  child.stdout.resume();
  await once(child.stdin, 'drain', { signal: AbortSignal.timeout(15_000) });
  child.kill('SIGKILL');
});

test.each([
  [
    'a missing input',
    ['batch', '/nowhere/in.ndjson', '--out', '/tmp/x'],
    /in\.ndjson: there is no such file/,
  ],
  ['a pattern without a match', ['batch', '/tmp/*.nothing', '--out', '-'], /no file matches/],
  ['no --out', ['batch', '-'], /required option '--out <file>'/],
  [
    'an output folder that does not exist',
    ['batch', '-', '--out', '/nowhere/out.ndjson'],
    /\/nowhere\/out\.ndjson: the folder does not exist/,
  ],
])('%s is an error in one line', async (_, args, message) => {
  const { code, stderr } = await run(args, { stdin: ndjson([{ id: 1, text: 'The sea rises.' }]) });
  expect(code).toBe(1);
  expect(stderr).toMatch(message);
  expect(stderr).not.toMatch(/^\s+at /m);
});
