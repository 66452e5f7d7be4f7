import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fileIdentity } from '../../data-cleaning/resume/identity.js';
import { clean, folderOf, main, PATIENCE, rowsOf, zstd } from './program.js';

const OUTPUTS = [
  ...['clean', 'loose', 'prose', 'rejects'].map((name) => `${name}.jsonl.zst`),
  ...['splits.json', 'report.json', 'report.html'],
];

describe.skipIf(!zstd)('a run that is stopped', { timeout: PATIENCE }, () => {
  let folder: string;
  const at = (...names: string[]) => join(folder, ...names);
  const finished = async (out: string) =>
    existsSync(at(out, '.spool'))
      ? (await readdir(at(out, '.spool'))).filter((name) => name.endsWith('.gz'))
      : [];
  const run = (out: string, ...more: string[]) =>
    clean('run', at('corpus'), '--out', at(out), '--workers', '1', ...more);
  const same = async (out: string) => {
    for (const name of OUTPUTS) {
      const [one, other] = await Promise.all([
        readFile(at('whole', name)),
        readFile(at(out, name)),
      ]);
      expect(one.equals(other), name).toBe(true);
    }
  };

  /** Runs until a file is judged, then sends the signal. */
  async function stop(out: string, signal: NodeJS.Signals) {
    const parameters = ['run', at('corpus'), '--out', at(out), '--workers', '1'];
    const child = spawn(process.execPath, [main(), ...parameters], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let stderr = '';
    child.stderr.on('data', (chunk: Buffer) => {
      stderr += chunk.toString();
    });
    const ended = once(child, 'close');
    while ((await finished(out)).length === 0 && child.exitCode === null) await setTimeout(20);
    child.kill(signal);
    const [code] = await ended;
    return { code, stderr };
  }

  beforeAll(async () => {
    folder = await folderOf('resume');
    await mkdir(at('corpus'));
    for (const name of ['ash', 'birch', 'cedar', 'dogwood'])
      await writeFile(at('corpus', `${name}.jsonl`), rowsOf(name, 250));
    expect((await run('whole', '--workers', '2')).code).toBe(0);
  }, PATIENCE);

  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('by Ctrl-C says so, and the same command goes on to the same outputs', async () => {
    const { code, stderr } = await stop('interrupted', 'SIGINT');
    expect(code).toBe(130);
    expect(stderr).toMatch(/stopped: \d of 4 files are judged and kept; the same command goes on/);
    expect(existsSync(at('interrupted', 'clean.jsonl.zst'))).toBe(false);
    expect((await readdir(at('interrupted'))).sort()).toEqual(['.spool']);
    const kept = (await finished('interrupted')).length;
    expect(kept).toBeGreaterThan(0);
    const second = await run('interrupted');
    expect(second.code).toBe(0);
    if (kept < 4) expect(second.stderr).toContain(`${kept} of 4 files were judged before`);
    await same('interrupted');
  });

  it('by SIGKILL leaves nothing that is in the way', async () => {
    await stop('killed', 'SIGKILL');
    expect((await finished('killed')).length).toBeGreaterThan(0);
    expect((await run('killed')).code).toBe(0);
    await same('killed');
    expect((await readdir(at('killed'))).filter((name) => name.startsWith('.'))).toEqual([]);
  });

  it('has nothing to do when it is finished, unless an output or input changed', async () => {
    const again = await run('whole');
    expect(again.stdout).toContain('Nothing to do');
    await rm(at('whole', 'clean.jsonl.zst'));
    const third = await run('whole');
    expect(third.stdout).not.toContain('Nothing to do');
    expect(existsSync(at('whole', 'clean.jsonl.zst'))).toBe(true);
  });
});

describe('what a spool is named by', () => {
  it('changes with the bytes, the place and the options', async () => {
    const folder = await folderOf('identity');
    const path = join(folder, 'a.jsonl');
    await writeFile(path, 'one');
    const file = { path, group: 'g', file: 'a', bytes: 3 };
    const first = await fileIdentity(file, ['x']);
    expect(await fileIdentity(file, ['x'])).toBe(first);
    expect(await fileIdentity(file, ['y'])).not.toBe(first);
    expect(await fileIdentity({ ...file, group: 'h' }, ['x'])).not.toBe(first);
    await writeFile(path, 'two');
    expect(await fileIdentity(file, ['x'])).not.toBe(first);
    await rm(folder, { recursive: true });
  });
});
