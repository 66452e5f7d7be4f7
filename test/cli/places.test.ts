import { spawnSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { run } from './run.js';

let folder: string;
let docs: string;
let out: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'precis-'));
  docs = join(folder, 'docs');
  out = join(folder, 'out.ndjson');
  await mkdir(docs);
  await writeFile(join(docs, 'sea.md'), 'The sea rises. And more.');
});
afterEach(() => rm(folder, { recursive: true }));

const rows = async () =>
  (await readFile(out, 'utf8'))
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));

describe('files and folders that may not be read', () => {
  /** Root may read everything: there the command runs as somebody else. */
  const uid = process.getuid?.() === 0 ? 65_534 : undefined;

  test('have an error each in a batch, and the others are done', async () => {
    await writeFile(join(docs, 'secret.md'), 'The wind turns.', { mode: 0 });
    await mkdir(join(docs, 'sealed'), { mode: 0 });
    for (const place of [folder, docs]) await chmod(place, 0o777);
    const { code } = await run(['batch', docs, '--out', out], { uid });
    expect(code).toBe(0);
    const found = (await rows()).map((row) => row.suggestion?.text ?? row.error);
    expect(found).toEqual([
      'The sea rises.',
      { code: 'unreadable_file', message: `${docs}/sealed: permission denied` },
      { code: 'unreadable_file', message: `${docs}/secret.md: permission denied` },
    ]);
    await chmod(join(docs, 'sealed'), 0o700);
  });

  test('end a suggest with one line, and an output that may not be written a batch', async () => {
    const path = join(docs, 'secret.md');
    await writeFile(path, 'The wind turns.', { mode: 0 });
    await chmod(folder, 0o755);
    const { code, stderr } = await run(['suggest', path], { uid });
    expect([code, stderr]).toEqual([1, `precis: ${path}: permission denied\n`]);
    await chmod(folder, 0o555);
    const batch = await run(['batch', join(docs, 'sea.md'), '--out', out], { uid });
    expect([batch.code, batch.stderr]).toEqual([1, `precis: ${out}: permission denied\n`]);
    await chmod(folder, 0o755);
  });
});

test('links that lead in a circle, and pipes, have an error each and hold nothing up', async () => {
  await symlink('b.md', join(docs, 'a.md'));
  await symlink('a.md', join(docs, 'b.md'));
  await symlink('..', join(docs, 'up'));
  spawnSync('mkfifo', [join(docs, 'pipe.md')]);
  const { code } = await run(['batch', docs, '--out', out]);
  expect(code).toBe(0);
  expect((await rows()).map(({ suggestion, error }) => suggestion?.text ?? error.message)).toEqual([
    `${docs}/a.md: its links lead in a circle`,
    `${docs}/b.md: its links lead in a circle`,
    `${docs}/pipe.md: is a pipe or a device, a file is needed`,
    'The sea rises.',
  ]);
});

test('rows may come through a pipe (process substitution)', async () => {
  const input = join(folder, 'in.ndjson');
  await writeFile(input, '{"id":1,"text":"The sea rises."}\n{"id":2,"text":"The sea falls."}\n');
  const script = `exec "$@" <(cat ${input}) --out ${out}`;
  const { code } = await run(['batch'], { under: ['bash', '-c', script, 'bash'] });
  expect([code, (await rows()).map(({ id }) => id)]).toEqual([0, [1, 2]]);
});

describe('names that collide', () => {
  test('an output never takes the place of an input, whichever way it is named', {
    timeout: 60_000,
  }, async () => {
    const path = join(docs, 'sea.md');
    const link = join(folder, 'link.md');
    await symlink(path, link);
    for (const [input, flags] of [
      [path, ['--out', path]],
      [path, ['--out', link]],
      [docs, ['--out', `${docs}/new.txt`]],
      [docs, ['--out', out, '--report', `${docs}/../docs/report.html`]],
    ] as const) {
      const { code, stderr } = await run(['batch', input, ...flags]);
      expect(code).toBe(1);
      expect(stderr).toMatch(/^precis: --(out|report) .*: is one of the documents to be read; /);
    }
    expect(await readFile(path, 'utf8')).toBe('The sea rises. And more.');
  });

  test('the same id in two inputs, and the same name in two folders, give a line each', async () => {
    const inputs = [join(folder, 'a.ndjson'), join(folder, 'b.ndjson')];
    await writeFile(inputs[0] as string, '{"id":1,"text":"The sea rises."}\n');
    await writeFile(inputs[1] as string, '{"id":1,"text":"The sea falls."}\n');
    await mkdir(join(docs, 'old'));
    await writeFile(join(docs, 'old/sea.md'), 'The sea sleeps.');
    await run(['batch', ...inputs, docs, `${docs}/sea.md`, '--out', out]);
    expect((await rows()).map(({ id, suggestion }) => [id, suggestion.text])).toEqual([
      [1, 'The sea rises.'],
      [1, 'The sea falls.'],
      [`${docs}/old/sea.md`, 'The sea sleeps.'],
      [`${docs}/sea.md`, 'The sea rises.'],
    ]);
  });
});

describe('a disk that is full', () => {
  const COUNT = 60;
  let input: string;
  beforeEach(async () => {
    input = join(folder, 'in.ndjson');
    const row = (n: number) => `{"id":${n},"text":"The sea rises by ${n}. And more."}\n`;
    await writeFile(input, Array.from({ length: COUNT }, (_, n) => row(n)).join(''));
  });

  const canMount = spawnSync('unshare', ['-rm', 'mount', '-t', 'tmpfs', 'x', '/mnt']).status === 0;
  test.skipIf(!canMount)('stops the run; with room again it goes on and ends whole', async () => {
    const disk = join(folder, 'disk');
    await mkdir(disk);
    const script = `mount -t tmpfs -o size=20k disk "$0" && { "$@" && exit 9
      ls "$0" >&2; mount -o remount,size=1m "$0" && "$@" && cat "$0/out.ndjson"; }`;
    const under = ['unshare', '-rm', 'sh', '-c', script, disk];
    const args = ['batch', input, '--out', `${disk}/out.ndjson`, '--workers', '2'];
    const { code, stdout, stderr } = await run(args, { under });
    expect(code).toBe(0);
    const said = stderr.split('\n');
    expect(said[0]).toBe(`precis: ${disk}/out.ndjson: the disk is full`);
    // Nothing that looks finished, and no lock that would keep the next run out.
    expect(said.slice(1, -2).filter((name) => /^out\.ndjson(\.lock)?$/.test(name))).toEqual([]);
    expect(stderr).toMatch(/60 documents in .* \((\d\d) taken over from an earlier run\)/);
    const ids = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).id);
    expect(ids).toEqual(Array.from({ length: COUNT }, (_, n) => n));
  });

  test('and a limit on the size of files: one line, and what was there stays', async () => {
    await writeFile(out, '{"id":"of old"}\n');
    const under = ['bash', '-c', 'ulimit -f 4; exec "$@"', 'bash'];
    const { code, stderr } = await run(['batch', input, '--out', out], { under });
    const why = 'the file would be larger than is allowed (ulimit -f)';
    expect([code, stderr]).toEqual([1, `precis: ${out}: ${why}\n`]);
    expect(await readFile(out, 'utf8')).toBe('{"id":"of old"}\n');
  });
});
