import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { run } from './run.js';
import { terminal } from './terminal.js';

let folder: string;
let env: Record<string, string>;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'precis-'));
  env = { PRECIS_DATA: join(folder, 'data') };
});
afterEach(() => rm(folder, { recursive: true }));

async function documents(): Promise<string[]> {
  const texts = ['The sea rises.', 'The sea falls.', 'The wind turns.', 'The rain stays.'];
  const paths = texts.map((_, n) => join(folder, `${n}.md`));
  for (const [n, text] of texts.entries())
    await writeFile(paths[n] as string, `${text} And more.\n`);
  return paths;
}

test('suggest shows a bar of confidence, in colours unless NO_COLOR is set', async () => {
  const [path = ''] = await documents();
  const coloured = await terminal(['suggest', path]);
  expect(coloured.code).toBe(0);
  expect(coloured.screen).toContain('The sea rises.\n');
  expect(coloured.screen).toContain('confidence \x1b[32m████████\x1b[39m');
  const plain = await terminal(['suggest', path], [], { NO_COLOR: '1' });
  expect(plain.screen).toContain('confidence ████████░░ 80 % · fake 1.0.0');
  expect(plain.screen).not.toContain('\x1b[3');
});

test('what a document holds cannot reach the terminal as a command', async () => {
  const path = join(folder, 'evil.txt');
  await writeFile(path, 'Wipe \x1b[2J\x1b]0;owned\x07 and \u202eback.\n');
  const { screen } = await terminal(['suggest', path], [], { NO_COLOR: '1' });
  for (const code of ['\x1b[2J', '\x1b]', '\x07', '\u202e']) expect(screen).not.toContain(code);
});

test('batch shows its progress on one line and removes it at the end', async () => {
  const rows = Array.from({ length: 12 }, (_, id) => ({ id, text: `WAIT 900 for ${id}.` }));
  const input = join(folder, 'in.ndjson');
  await writeFile(input, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  const out = join(folder, 'out.ndjson');
  const { code, screen } = await terminal(['batch', input, '--out', out, '--workers', '1'], [], {
    NO_COLOR: '1',
  });
  expect(code).toBe(0);
  const line = screen.split('\r\x1b[K');
  expect(line[2]).toMatch(
    /^[█░]{24} +\d+ % \d+ documents · [\d.]+\/s · .* left · \d+ shown, 0 withheld/,
  );
  expect(line.at(-1)).toMatch(/^12 documents in [\d.]+ s: 12 suggestions/);
});

test('review: accept, edit, dismiss, go back, leave; then the summaries go into the files', {
  timeout: 90_000,
}, async () => {
  const paths = await documents();
  const out = join(folder, 'out.ndjson');
  await run(['batch', ...paths, '--out', out]);
  const first = await terminal(
    ['review', out],
    [
      ['1 of 4', 'a'],
      ['2 of 4', 'd'],
      ['3 of 4', 'b'],
      ['2 of 4', 'e'],
      ['edit> ', '\\x7f slowly.\\n'],
      ['3 of 4', 'q'],
    ],
    env,
  );
  expect(first.code).toBe(0);
  expect(first.screen).toContain('1 accepted, 1 edited, 0 dismissed, 2 left.');
  expect(first.screen).toContain('Stored 2 decisions as feedback.');
  const second = await terminal(
    ['review', out, '--write-frontmatter', 'description'],
    [
      ['1 of 2', 'd'],
      ['2 of 2', '\\r'],
    ],
    env,
  );
  expect(second.screen).toContain('2 accepted, 1 edited, 1 dismissed, 0 left.');
  expect(second.screen).toContain('Wrote description into 3 files.');
  const heads = await Promise.all(paths.map((path) => readFile(path, 'utf8')));
  expect(heads.map((text) => /^description: "(.*)"$/m.exec(text)?.[1])).toEqual([
    'The sea rises.',
    'The sea falls slowly.',
    undefined,
    'The rain stays.',
  ]);
  expect(heads[0]).toBe('---\ndescription: "The sea rises."\n---\n\nThe sea rises. And more.\n');
});

test('without a terminal review says that it needs one', async () => {
  const out = join(folder, 'out.ndjson');
  await run(['batch', ...(await documents()), '--out', out]);
  const { code, stderr } = await run(['review', out], { env });
  expect([code, stderr]).toEqual([
    1,
    'precis: precis review needs a terminal: it asks one key a suggestion\n',
  ]);
});
