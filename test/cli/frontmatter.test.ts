import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { type FrontMatterEntry, withSummary, writeSummary } from '../../cli/frontmatter.js';
import { documentHash } from '../../server/summarise.js';

const text = 'The "sea": it rises #1.';
const entry: FrontMatterEntry = { field: 'description', text, hash: '', overwrite: false };
const line = 'description: "The \\"sea\\": it rises #1."';

test.each([
  ['no front matter', 'Body.\n', `---\n${line}\n---\n\nBody.\n`],
  [
    'other fields',
    '---\ntitle: Sea # why\n---\nBody.\n',
    `---\ntitle: Sea # why\n${line}\n---\nBody.\n`,
  ],
  ['an empty field', '---\ndescription:\ntitle: x\n---\n', `---\n${line}\ntitle: x\n---\n`],
  ['empty front matter', '---\n---\nBody.\n', `---\n${line}\n---\nBody.\n`],
  [
    'Windows line ends',
    '---\r\ntitle: x\r\n---\r\nB\r\n',
    `---\r\ntitle: x\r\n${line}\r\n---\r\nB\r\n`,
  ],
  ['a rule that is no front matter', 'A\n\n---\nB\n', `---\n${line}\n---\n\nA\n\n---\nB\n`],
])('%s', (_, before, after) => {
  expect(withSummary(before, entry)).toEqual({ ok: true, text: after });
});

test.each([
  ['---\ndescription: Old\n---\n', `---\n${line}\n---\n`],
  ['---\ndescription: >-\n  Old\n  words\ntitle: x\n---\n', `---\n${line}\ntitle: x\n---\n`],
  [
    '---\na: 1\ndescription: "Old"   # kept\nb: 2\n---\n',
    `---\na: 1\n${line}   # kept\nb: 2\n---\n`,
  ],
])('%j: a text stays unless it is to be replaced', (before, after) => {
  expect(withSummary(before, entry)).toMatchObject({ ok: false });
  expect(withSummary(before, { ...entry, overwrite: true })).toEqual({ ok: true, text: after });
});

test.each(['+++\ntitle = "x"\n+++\n', '---\n- a\n- b\n---\n', '---\na: [\n---\n'])(
  '%j is left alone',
  (before) => {
    expect(withSummary(before, entry)).toEqual({
      ok: false,
      why: expect.stringContaining('left alone'),
    });
  },
);

test('whatever the summary is, YAML reads it back and the body stays as it was', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.string(), (summary, body) => {
      const before = `---\ntitle: x\n---\n${body}`;
      const change = withSummary(before, { ...entry, text: summary });
      if (!change.ok) throw new Error(change.why);
      expect(change.text.endsWith(`---\n${body}`)).toBe(true);
      const yaml = change.text.slice(4, change.text.length - body.length - 4);
      expect(parse(yaml)).toEqual({ title: 'x', description: summary });
    }),
  );
});

test('a file is changed once, keeps its rights, and is left alone when it was edited since', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'precis-'));
  const path = join(folder, 'sea.md');
  const before = '# Sea\n\nThe sea rises.\n';
  await writeFile(path, before, { mode: 0o640 });
  const hash = documentHash({ text: before, title: undefined, format: 'markdown' });
  expect(await writeSummary(path, { ...entry, hash })).toBe('written');
  expect(await writeSummary(path, { ...entry, hash })).toBe('written');
  expect(await readFile(path, 'utf8')).toBe(`---\n${line}\n---\n\n${before}`);
  expect((await stat(path)).mode & 0o777).toBe(0o640);
  expect(await writeSummary(path, { ...entry, text: 'Other.', hash })).toMatch(/has changed/);
  expect(await writeSummary(join(folder, 'gone.md'), entry)).toMatch(/no such file/);
  await rm(folder, { recursive: true });
});
