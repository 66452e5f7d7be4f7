import {
  appendFile,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { run, start } from './run.js';

let folder: string;
let input: string;
let out: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'precis-'));
  input = join(folder, 'in.ndjson');
  out = join(folder, 'out.ndjson');
});
afterEach(() => rm(folder, { recursive: true }));

const COUNT = 30;
/** The fake model takes as long as a document says, so that a run can be killed in its middle. */
const write = (milliseconds: number) => {
  const row = (n: number) => {
    const text = `WAIT ${((n * 7) % 3) * milliseconds} for number ${n}.`;
    return `${JSON.stringify({ id: n, text })}\n`;
  };
  return writeFile(input, Array.from({ length: COUNT }, (_, n) => row(n)).join(''));
};
const lines = async (path: string) =>
  (await readFile(path, 'utf8').catch(() => '')).split('\n').filter(Boolean);
const ids = async (path: string) => (await lines(path)).map((line) => JSON.parse(line).id);
const all = Array.from({ length: COUNT }, (_, n) => n);
const takenOver = (stderr: string) => Number(/\((\d+) taken over/.exec(stderr)?.[1] ?? 0);

/** Kills a run without warning once it has so many lines in all its files. */
async function killedAfter(count: number, flags: string[] = []): Promise<void> {
  const child = start(['batch', input, '--out', out, '--workers', '2', ...flags]);
  const closed = new Promise((resolve) => child.on('close', resolve));
  const written = async () =>
    new Set([...(await lines(`${out}.partial`)), ...(await lines(`${out}.earlier`))]).size;
  await expect.poll(written, { timeout: 25_000, interval: 5 }).toBeGreaterThanOrEqual(count);
  child.kill('SIGKILL');
  await closed;
}

test.each([
  ['in order', []],
  ['unordered', ['--unordered']],
])(
  'a run killed twice, its files cut in the middle of a line, gives the whole output: %s',
  {
    timeout: 90_000,
  },
  async (_, flags) => {
    await write(60);
    await killedAfter(8, flags);
    await appendFile(`${out}.partial`, '{"id":99,"suggestion":{"text":"to');
    await killedAfter(14, flags);
    const { code, stderr } = await run(['batch', input, '--out', out, '--workers', '2', ...flags]);
    expect(code).toBe(0);
    const found = await ids(out);
    expect(flags.length > 0 ? found.sort((a, b) => a - b) : found).toEqual(all);
    // Two documents were under way at either kill, and the torn line was never an answer.
    expect(takenOver(stderr)).toBeGreaterThanOrEqual(14 - 2 * 2 - 1);
    expect((await readdir(folder)).sort()).toEqual(['in.ndjson', 'out.ndjson']);
  },
);

test('a finished output is taken over where document, options and model are the same', {
  timeout: 90_000,
}, async () => {
  await write(0);
  await run(['batch', input, '--out', out]);
  const before = await readFile(out, 'utf8');
  const again = await run(['batch', input, '--out', out]);
  expect(takenOver(again.stderr)).toBe(COUNT);
  expect(await readFile(out, 'utf8')).toBe(before);

  await appendFile(input, '{"id": "new", "text": "The sea rises."}\n');
  const more = await run(['batch', input, '--out', out]);
  expect(takenOver(more.stderr)).toBe(COUNT);
  expect(await ids(out)).toEqual([...all, 'new']);

  const other = await run(['batch', input, '--out', out, '--min-confidence', '0.7']);
  expect(takenOver(other.stderr)).toBe(0);
  const fresh = await run(['batch', input, '--out', out, '--min-confidence', '0.7', '--fresh']);
  expect(takenOver(fresh.stderr)).toBe(0);
});

test('two runs do not write the same output', async () => {
  await write(0);
  // Its standard input stays open, so that it stays as well.
  const child = start(['batch', '-', '--out', out]);
  const closed = new Promise((resolve) => child.on('close', resolve));
  await expect.poll(async () => (await lines(`${out}.lock`)).length, { timeout: 20_000 }).toBe(1);
  const second = await run(['batch', input, '--out', out]);
  expect(second.code).toBe(1);
  expect(second.stderr).toMatch(/out\.ndjson: another run writes it \(process \d+\)/);
  child.kill('SIGINT');
  expect(await closed).toBe(130);
});

test('a full disk ends the run with a message, and nothing that was done is lost', async () => {
  await write(0);
  await run(['batch', input, '--out', out]);
  const before = await readFile(out, 'utf8');
  await symlink('/dev/full', `${out}.partial`);
  const { code, stderr } = await run(['batch', input, '--out', out, '--fresh']);
  expect(code).toBe(1);
  expect(stderr).toBe(`precis: ${out}: the disk is full\n`);
  expect(await readFile(out, 'utf8')).toBe(before);
});

test('a folder: every document below it by its path, what cannot be read with an error', async () => {
  const docs = join(folder, 'docs');
  await mkdir(join(docs, 'a'), { recursive: true });
  await mkdir(join(docs, 'b'));
  await mkdir(join(docs, '.git'));
  await writeFile(join(docs, 'a/x.md'), '# Sea\n\nThe sea rises.');
  await writeFile(join(docs, 'b/x.md'), '# Sea\n\nThe sea falls.');
  await writeFile(join(docs, 'broken.docx'), 'PK\x03\x04 not really');
  await writeFile(join(docs, '.git/x.md'), 'Hidden.');
  await writeFile(join(docs, 'picture.png'), 'not a document');
  await symlink(docs, join(docs, 'a/loop'));
  await symlink(join(docs, 'nowhere.md'), join(docs, 'gone.md'));
  const report = join(folder, 'report.html');
  const result = await run(['batch', docs, join(docs, 'a/x.md'), '--out', out, '--report', report]);
  expect(result.code).toBe(0);
  const rows = (await lines(out)).map((line) => JSON.parse(line));
  expect(
    rows.map((row) => [row.id.slice(docs.length), row.suggestion?.text ?? row.error.code]),
  ).toEqual([
    ['/a/x.md', 'Sea The sea rises.'],
    ['/b/x.md', 'Sea The sea falls.'],
    ['/broken.docx', 'damaged'],
    ['/gone.md', 'unreadable_file'],
  ]);
  expect(await readFile(report, 'utf8')).toContain('4 documents: 2 suggestions');
});
