import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { root } from '../built.js';
import { run } from './run.js';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'precis-'));
});
afterAll(() => rm(folder, { recursive: true }));

async function file(name: string, content: string | Uint8Array): Promise<string> {
  const path = join(folder, name);
  await writeFile(path, content);
  return path;
}

describe('a suggestion', () => {
  test('goes to standard output alone, exit code 0', async () => {
    const path = await file('sea.md', '# Sea\n\nThe *sea* rises slowly. It is blue.\n');
    expect(await run(['suggest', path])).toEqual({
      code: 0,
      stdout: 'Sea The sea rises slowly.\n',
      stderr: '',
    });
  });

  test('is read from standard input, as plain text on request', async () => {
    const stdin = 'The *sea* rises.';
    const markdown = await run(['suggest', '-'], { stdin });
    const plain = await run(['suggest', '-', '--format', 'plain'], { stdin });
    expect(markdown.stdout).toBe('The sea rises.\n');
    expect(plain.stdout).toBe('The *sea* rises.\n');
  });

  test('of a .txt file is read as plain text', async () => {
    const path = await file('sea.txt', 'The *sea* rises.');
    expect((await run(['suggest', path])).stdout).toBe('The *sea* rises.\n');
  });

  test("--json prints the service's answer", async () => {
    const { code, stdout } = await run(['suggest', '-', '--json'], { stdin: 'The sea rises.' });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toEqual({
      suggestion: {
        id: expect.any(String),
        text: 'The sea rises.',
        type: 'tldr',
        confidence: 0.8,
        sources: [],
      },
      reason: null,
      documentType: null,
      input: { tokens: 14, limit: 512, truncated: false },
      model: { name: 'fake', version: '1.0.0' },
      documentHash: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
  });
});

describe('files of other kinds', () => {
  const files = join(root, 'test/fixtures/files');

  test('several, each by its name; one that cannot be read makes exit code 1', async () => {
    const names = ['article.docx', 'protected.pdf', 'page.html'].map((name) => join(files, name));
    const { code, stdout, stderr } = await run(['suggest', ...names]);
    expect(code).toBe(1);
    expect(
      stdout
        .trimEnd()
        .split('\n')
        .map((line) => line.split(': ')[0]),
    ).toEqual([names[0], names[2]]);
    expect(stderr).toBe(
      `precis: ${names[1]}: the file is protected by a password; save it without one\n`,
    );
  });

  test('a pattern; --json gives one line a document', async () => {
    const { code, stdout } = await run(['suggest', `${files}/article*.*`, '--json']);
    expect(code).toBe(0);
    const rows = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(rows.map((row) => row.file.replace(/.*\//, ''))).toEqual([
      'article-writer.pdf',
      'article.docx',
      'article.odt',
    ]);
    for (const row of rows)
      expect(row.suggestion.text).toMatch(/swifts are breeding in Calder Street\.$/);
  });

  test('--explain says how a document was read', async () => {
    const path = join(files, 'latin1.txt');
    const { code, stdout, stderr } = await run(['suggest', path, '--explain', '--sources']);
    expect([code, stdout]).toEqual([0, expect.stringContaining('Le café de la gare rouvre')]);
    expect(stderr).toMatch(/read as: plain, windows-1252\n/);
    expect(stderr).toMatch(/hash: [0-9a-f]{64}\n/);
    expect(stderr).toMatch(/length: short\n/);
  });
});

describe('withheld: exit code 3, the reason on standard error', () => {
  test.each([
    ['nothing', '', [], 'empty'],
    ['whitespace', ' \n \n', [], 'empty'],
    ['a fragment', 'Sea', [], 'too_short'],
    ['low confidence', 'The sea rises.', ['--min-confidence', '0.9'], 'low_confidence'],
  ])('%s', async (_, stdin, flags, reason) => {
    const { code, stdout, stderr } = await run(['suggest', '-', ...flags], { stdin });
    expect(code).toBe(3);
    expect(stdout).toBe('');
    expect(stderr).toMatch(new RegExp(`^No suggestion: .+ \\(${reason}\\)\\.\\n$`));
  });

  test('--json still prints the answer', async () => {
    const { code, stdout } = await run(['suggest', '-', '--json'], { stdin: '' });
    expect(code).toBe(3);
    expect(JSON.parse(stdout)).toMatchObject({ suggestion: null, reason: 'empty' });
  });
});

describe('errors: exit code 1, one line, no stack trace', () => {
  const bad = async (args: string[], stdin?: string | Buffer) => {
    const { code, stdout, stderr } = await run(args, stdin === undefined ? {} : { stdin });
    expect(code).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).not.toMatch(/^\s+at /m);
    return stderr;
  };

  test('a file that does not exist', async () => {
    expect(await bad(['suggest', '/nowhere/x.md'])).toBe(
      'precis: /nowhere/x.md: there is no such file or folder\n',
    );
  });

  test('a folder', async () => {
    expect(await bad(['suggest', folder])).toMatch(/precis: .*a folder/);
  });

  test('a binary file', async () => {
    const path = await file(
      'x.md',
      Uint8Array.from({ length: 256 }, (_, i) => i),
    );
    expect(await bad(['suggest', path])).toMatch(
      /x\.md: this type of file cannot be read \(binary data\)\n$/,
    );
  });

  test('a model that breaks', async () => {
    expect(await bad(['suggest', '-'], 'BREAK.')).toBe('precis: the worker broke\n');
  });

  test.each([
    [['suggest'], /missing required argument/],
    [['suggest', '-', '--length', 'long'], /Allowed choices are short, medium/],
    [['suggest', '-', '--format', 'docx'], /Allowed choices are markdown, plain, html/],
    [['suggest', '-', '--min-confidence', '2'], /from 0 to 1/],
    [['suggest', '-', '--min-confidence', ''], /from 0 to 1/],
    [['suggest', '-', '--nonsense'], /unknown option/],
    [['nonsense'], /unknown command/],
  ])('%j', async (args, message) => {
    expect(await bad(args, 'The sea rises.')).toMatch(message);
  });

  test('a type the model cannot write', async () => {
    expect(await bad(['suggest', '-', '--type', 'headline'], 'The sea rises.')).toBe(
      'precis: options.type: headline is not available yet; available: tldr\n',
    );
  });
});

describe('a bundle', () => {
  test('that is missing is named, with what to do', async () => {
    const bundle = join(folder, 'no-bundle');
    const { code, stderr } = await run(['suggest', '-', '--bundle', bundle], {
      model: 'real',
      stdin: 'The sea rises.',
    });
    expect(code).toBe(1);
    expect(stderr).toMatch(/^precis: .*no-bundle.*manifest\.json: .+\n$/);
  });

  test('that is damaged is named, with what to do', async () => {
    const manifest = await file('manifest.json', '{"format": 1, "name": 7}');
    const { code, stderr } = await run(['info'], { model: 'real', env: { PRECIS_BUNDLE: folder } });
    expect(code).toBe(1);
    expect(stderr).toContain(manifest);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });
});

test('--help documents the exit codes', async () => {
  const { code, stdout } = await run(['suggest', '--help']);
  expect(code).toBe(0);
  expect(stdout).toMatch(/Exit codes:\n {2}0 [\s\S]*\n {2}1 [\s\S]*\n {2}3 /);
});

test('--version and info', async () => {
  expect((await run(['--version'])).stdout).toMatch(/^\d+\.\d+\.\d+\n$/);
  const { code, stdout } = await run(['info']);
  expect(code).toBe(0);
  expect(stdout).toContain('fake 1.0.0 (2026-01-01, MIT)');
  expect(stdout).toContain('tldr (short, medium)');
  expect(JSON.parse((await run(['info', '--json'])).stdout)).toMatchObject({
    model: { name: 'fake' },
    types: { tldr: ['short', 'medium'] },
  });
});
