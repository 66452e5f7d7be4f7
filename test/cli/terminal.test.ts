import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { run } from './run.js';
import { seen, terminal } from './terminal.js';

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
  const lines = ['The sea rises.', 'confidence ████████░░ 80 % · fake 1.0.0'];
  expect([coloured.code, coloured.lines]).toEqual([0, lines]);
  expect(coloured.raw).toContain('confidence \x1b[32m████████\x1b[39m');
  const plain = await terminal(['suggest', path], { env: { NO_COLOR: '1' } });
  expect(plain.lines).toEqual(lines);
  expect(plain.raw).not.toContain('\x1b[');
});

test('what a document holds cannot reach the terminal as a command', async () => {
  const path = join(folder, 'evil.txt');
  await writeFile(path, `Wipe \x1b[2J\x1b]0;owned\x07 and \u202eback. ${'More. '.repeat(99)}`);
  const { raw, lines } = await terminal(['suggest', path], { env: { NO_COLOR: '1' } });
  for (const code of ['\x1b[2J', '\x1b]', '\x07', '\u202e']) expect(raw).not.toContain(code);
  expect(lines[0]).toMatch(/^Wipe .*back\.$/);
});

test.each([
  [100, /^[█░]{24} +\d+ % \d+ documents · [\d.]+\/s · .* left · \d+ shown, 0 withheld, 0 failed$/],
  [
    80,
    /^[█░]{8,24} +\d+ % (\d+ documents · )?[\d.]+\/s · .* left · \d+ shown, 0 withheld, 0 failed$/,
  ],
  [40, /^[█░]{8,24} +\d+ % [\d.]+\/s · .* left$/],
])(
  'batch shows its progress on one line of %i columns and removes it at the end',
  {
    timeout: 60_000,
  },
  async (columns, shape) => {
    const rows = Array.from({ length: 5 }, (_, id) => ({ id, text: `WAIT 900 for ${id}.` }));
    const input = join(folder, 'in.ndjson');
    await writeFile(input, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
    const out = join(folder, 'out.ndjson');
    const args = ['batch', input, '--out', out, '--workers', '1'];
    const { code, raw, lines } = await terminal(args, { columns, env: { NO_COLOR: '1' } });
    const end = raw.lastIndexOf('\r\x1b[K');
    // The moment before the line is taken away.
    const before = await seen(raw.slice(0, end), columns);
    expect(before).toEqual([expect.stringMatching(shape)]);
    const summary = /^5 documents in [\d.]+ s: 5 suggestions, 0 withheld, 0 errors\.$/;
    expect([code, lines.map((line) => line.replace(/^↩/, '')).join('')]).toEqual([
      0,
      expect.stringMatching(summary),
    ]);
  },
);

test('review: accept, edit, dismiss, go back, leave; then the summaries go into the files', {
  timeout: 90_000,
}, async () => {
  const paths = await documents();
  const out = join(folder, 'out.ndjson');
  await run(['batch', ...paths, '--out', out]);
  const first = await terminal(['review', out], {
    env,
    steps: [
      ['1 of 4', 'a'],
      ['2 of 4', 'd'],
      ['3 of 4', 'b'],
      ['2 of 4', 'e'],
      ['edit> ', '\\x7f slowly.\\n'],
      ['3 of 4', 'q'],
    ],
  });
  expect(first.code).toBe(0);
  expect(first.lines).toContain('1 accepted, 1 edited, 0 dismissed, 2 left.');
  expect(first.lines).toContain('Stored 2 decisions as feedback.');
  const second = await terminal(['review', out, '--write-frontmatter', 'description'], {
    env,
    steps: [
      ['1 of 2', 'd'],
      ['2 of 2', '\\r'],
    ],
  });
  expect(second.lines).toContain('2 accepted, 1 edited, 1 dismissed, 0 left.');
  expect(second.lines).toContain('Wrote description into 3 files.');
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

test('review breaks long rows between words, whatever the width, and edits over several lines', {
  timeout: 90_000,
}, async () => {
  const text =
    'The harbour office has replaced the float gauge at the old pier, which stuck in frost, with one that measures every six minutes.';
  const wide = '港の図書館は四月から土曜日にも開いています。利用は無料で、予約はいりません。';
  const suggestion = { id: 'one', text, type: 'tldr', confidence: 0.8 };
  const rows = [text, wide].map((words, n) => ({
    id: `reports/2026/harbour-office/${n}/a-long-name-without-any-space-in-it.docx`,
    suggestion: {
      ...suggestion,
      id: `s${n}`,
      text: words,
      sources: [{ start: 0, end: 9, text: words }],
    },
    model: { name: 'fake', version: '1.0.0' },
    input: { tokens: 10, limit: 512, truncated: false },
    documentHash: '0'.repeat(64),
  }));
  const out = join(folder, 'out.ndjson');
  await writeFile(out, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  const columns = 40;
  const { code, lines, raw } = await terminal(['review', out], {
    columns,
    env: { ...env, NO_COLOR: '1' },
    steps: [
      ['1 of 2', 'e'],
      ['edit> ', '\\x7f, and more.\\n'],
      ['2 of 2', 'q'],
    ],
  });
  expect(code).toBe(0);
  // The card as it stood before a key was pressed.
  const card = await seen(raw.slice(0, raw.indexOf('edit> ')), columns);
  expect(card.filter((line) => line.startsWith('↩'))).toEqual([]);
  expect(card.join(' ').replace(/\s+/g, ' ')).toContain(text);
  expect(card.filter((line) => line.includes('│')).length).toBeGreaterThan(3);
  expect(card.slice(-2)).toEqual([
    'a\u00a0accept · e\u00a0edit · d\u00a0dismiss · s\u00a0skip ·',
    'b\u00a0back · q\u00a0save\u00a0and\u00a0quit',
  ]);
  const second = lines.slice(lines.findIndex((line) => line.includes('2 of 2')));
  expect(second.join('').replace(/\s/g, '')).toContain(wide);
  const decisions = await readFile(`${out}.review.ndjson`, 'utf8');
  expect(JSON.parse(decisions)).toEqual({
    suggestionId: 's0',
    action: 'edited',
    text: text.replace(/\.$/, ', and more.'),
  });
});
