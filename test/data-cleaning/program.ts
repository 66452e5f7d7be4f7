import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { readLines } from '../../data-cleaning/rows.js';
import { built } from '../built.js';

export const zstd = spawnSync('zstd', ['--version']).status === 0;
/** Milliseconds: a program starts two threads that each load the filters, on a machine that may be busy. */
export const PATIENCE = 240_000;
export const main = () => built('data-cleaning/main.js');

export interface Ended {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs precis-clean as it ships. */
export async function clean(...parameters: string[]): Promise<Ended> {
  const run = promisify(execFile)(process.execPath, [main(), ...parameters], {
    maxBuffer: 2 ** 26,
  });
  return run.then(
    ({ stdout, stderr }) => ({ code: 0, stdout, stderr }),
    (error: Ended) => error,
  );
}

export const folderOf = (name: string) => mkdtemp(join(tmpdir(), `precis-${name}-`));

export async function records(...path: string[]): Promise<Record<string, unknown>[]> {
  const list: Record<string, unknown>[] = [];
  for await (const line of readLines(join(...path))) list.push(JSON.parse(line));
  return list;
}

/** Rows that no filter drops, no two alike; `size` of them make a file that takes a while. */
export function rowsOf(name: string, size: number): string {
  return Array.from({ length: size }, (_, n) => {
    const word = `${name}${n}`;
    const body = Array.from(
      { length: 30 },
      (_, line) =>
        `The harbour of ${word} lent ${line + 2} boats of type ${word}x${line} in spring.`,
    ).join(' ');
    const summary = `Boats of many types were lent by the harbour of ${word} every spring.`;
    return `${JSON.stringify({ id: word, source: name, license: 'CC0-1.0', title: word, summary, body })}\n`;
  }).join('');
}
