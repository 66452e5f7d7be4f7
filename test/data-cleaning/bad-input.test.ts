import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Output } from '../../data-cleaning/output.js';
import { clean, type Ended, folderOf, main, PATIENCE, records, rowsOf, zstd } from './program.js';

const MB = 2 ** 20;
/** Rows with a text that does not pack, so that half a file still holds some. */
const whole = (name: string) =>
  rowsOf(name, 200)
    .split('\n')
    .filter(Boolean)
    .map((line) => line.replace('lent 2 boats', `lent ${Math.random()} boats`))
    .join('\n');

async function torn(path: string, name: string): Promise<void> {
  const plain = path.replace(/\.zst$/, '');
  await writeFile(plain, whole(name));
  await new Promise((resolve) => execFile('zstd', ['-q', '--rm', plain], resolve));
  const bytes = await readFile(path);
  await writeFile(path, bytes.subarray(0, bytes.length / 2));
}

describe.skipIf(!zstd)('precis-clean with bad input', { timeout: PATIENCE }, () => {
  let folder: string;
  let ended: Ended;
  let rejects: Record<string, unknown>[];
  const at = (...names: string[]) => join(folder, ...names);
  const reasons = (file: string) =>
    rejects
      .filter((one) => one.file === file && /^(broken_row|unreadable_file)$/.test(`${one.reason}`))
      .map(({ id, reason, evidence }) => `${id} ${reason} ${evidence}`);

  beforeAll(async () => {
    folder = await folderOf('bad');
    await mkdir(at('in'));
    await writeFile(at('in', 'good.jsonl'), rowsOf('good', 3));
    await torn(at('in', 'torn-zstd.jsonl.zst'), 'tornz');
    const packed = gzipSync(whole('torng'));
    await writeFile(at('in', 'torn-gzip.jsonl.gz'), packed.subarray(0, packed.length / 2));
    await writeFile(at('in', 'no-zstd.jsonl.zst'), 'these are no frames');
    await symlink('/nowhere/at/all.jsonl', at('in', 'link.jsonl'));
    const long = `{"id":"long","body":"${'a '.repeat(25 * MB)}"}\n`;
    await writeFile(at('in', 'long.jsonl'), long + rowsOf('afterlong', 1));
    const line = rowsOf('latin', 1);
    const bytes = Buffer.from(line.replace('spring', 'spr\u00efng'), 'latin1');
    await writeFile(at('in', 'latin.jsonl'), Buffer.concat([bytes, Buffer.from(rowsOf('utf', 1))]));
    const odd = ['{"id": "cut', '[]', '5', '{"id":"x"}', '{"id":"y","body":7}', '', '  '];
    const ill = '{"id":"z","body":"b","summary":["no","text"]}';
    await writeFile(at('in', 'lines.jsonl'), `${[...odd, ill].join('\n')}\n${rowsOf('end', 1)}`);
    ended = await clean('run', at('in'), '--out', at('out'), '--workers', '1');
    rejects = await records(at('out'), 'rejects.jsonl.zst');
  }, PATIENCE);

  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('goes on, keeps what is good and says what was not', async () => {
    expect(ended.code).toBe(0);
    expect(ended.stdout).toContain('4 files and 8 rows could not be read');
    const ids = (await records(at('out'), 'prose.jsonl.zst')).map(({ id }) => id);
    expect(ids).toEqual(
      expect.arrayContaining(['good0', 'good1', 'good2', 'afterlong0', 'utf0', 'end0']),
    );
    const report = JSON.parse(await readFile(at('out', 'report.json'), 'utf8'));
    const funnel = new Map(
      report.funnel.map((stage: { reason: string; dropped: number }) => [
        stage.reason,
        stage.dropped,
      ]),
    );
    expect([funnel.get('unreadable_file'), funnel.get('broken_row')]).toEqual([4, 8]);
  });

  it('uses the rows in front of a tear', async () => {
    const ids = (await records(at('out'), 'prose.jsonl.zst')).map(({ id }) => `${id}`);
    for (const [file, name] of [
      ['torn-zstd', 'tornz'],
      ['torn-gzip', 'torng'],
    ] as const) {
      expect(ids).toContain(`${name}0`);
      expect(ids).not.toContain(`${name}199`);
      expect(reasons(file).at(-1)).toMatch(/unreadable_file is damaged or cut short/);
    }
  });

  it('names files that are not what they say, or not there', () => {
    expect(reasons('no-zstd')[0]).toMatch(/^no-zstd unreadable_file is damaged or cut short/);
    expect(reasons('link')[0]).toMatch(/^link unreadable_file there is no such file/);
  });

  it('names lines that are too long, not UTF-8, not JSON or lack something', () => {
    expect(reasons('long')).toEqual(['long:1 broken_row longer than 16 MB']);
    expect(reasons('latin')).toEqual(['latin:1 broken_row not UTF-8']);
    expect(reasons('lines').map((reason) => reason.slice(0, 34))).toEqual([
      'lines:1 broken_row not JSON: {"id"',
      'lines:2 broken_row no row: []',
      'lines:3 broken_row no row: 5',
      'lines:4 broken_row no body: {"id":',
      'lines:5 broken_row body is not tex',
      'lines:8 broken_row summary is not ',
    ]);
  });

  it('explains a broken line', async () => {
    const { stdout } = await clean('explain', 'latin:1', '--out', at('out'));
    expect(stdout).toContain('not UTF-8');
  });
});

describe.skipIf(!zstd)('precis-clean without room', { timeout: PATIENCE }, () => {
  it('stops with what to do, and leaves the outputs of before as they were', async () => {
    const folder = await folderOf('full');
    const out = join(folder, 'out');
    const input = join(folder, 'in.jsonl');
    await writeFile(input, rowsOf('first', 2));
    expect((await clean('run', input, '--out', out, '--workers', '1')).code).toBe(0);
    const before = await readFile(join(out, 'clean.jsonl.zst'));
    await writeFile(input, rowsOf('second', 40));
    // A limit of the file size is a disk that is full for this process alone: 4 blocks of 512 or 1024 bytes.
    const script = 'ulimit -f 4; exec "$@"';
    const command = ['-c', script, 'sh', process.execPath, main()];
    const { code, stderr } = await new Promise<Ended>((resolve) => {
      const parameters = [...command, 'run', input, '--out', out, '--workers', '1'];
      const child = execFile('sh', parameters, (error, stdout, stderr) =>
        resolve({ code: error ? Number(error.code) : 0, stdout, stderr }),
      );
      child.stdin?.end();
    });
    expect(code).toBe(1);
    expect(stderr).toMatch(/files there may not grow so large .*the same command goes on/);
    expect(stderr).not.toMatch(/\n\s+at /);
    expect((await readFile(join(out, 'clean.jsonl.zst'))).equals(before)).toBe(true);
    expect(existsSync(join(out, 'DONE'))).toBe(true);
    expect((await readdir(out)).filter((name) => name.endsWith('.part'))).toEqual([]);
    expect((await clean('run', input, '--out', out, '--workers', '1')).code).toBe(0);
    await rm(folder, { recursive: true });
  });

  it.skipIf(!existsSync('/dev/full'))(
    'hears of a full disk from every kind of output',
    async () => {
      const folder = await folderOf('dev-full');
      for (const name of ['a.jsonl', 'b.jsonl.zst']) {
        await symlink('/dev/full', join(folder, `${name}.part`));
        const output = new Output(join(folder, name));
        const filled = (async () => {
          for (let i = 0; i < 100; i++) await output.write({ random: Math.random(), i });
          await output.close();
        })();
        await expect(filled).rejects.toMatchObject({ code: 'ENOSPC' });
        await output.abort();
      }
      expect(await readdir(folder)).toEqual([]);
      await rm(folder, { recursive: true });
    },
  );

  it('says so when the output folder cannot be made or written', async () => {
    const folder = await folderOf('readonly');
    const input = join(folder, 'in.jsonl');
    await writeFile(input, rowsOf('only', 1));
    const inFile = await clean('run', input, '--out', join(input, 'out'));
    expect(inFile.code).toBe(1);
    expect(inFile.stderr).toMatch(/^precis-clean: cannot write to .*in\.jsonl.*--out/);
    if (process.getuid?.() !== 0) {
      const out = join(folder, 'out');
      await mkdir(out, { mode: 0o555 });
      const { stderr } = await clean('run', input, '--out', out);
      expect(stderr).toMatch(/cannot write to .*permission denied.*--out/);
    }
    await rm(folder, { recursive: true });
  });
});
