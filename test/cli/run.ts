import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { built, root } from '../built.js';

export interface Result {
  code: number | null;
  stdout: string;
  stderr: string;
}

const main = built('cli/main.js');
/** Two services may not share a data folder: each start has its own. */
const dataFolders = mkdtempSync(join(tmpdir(), 'precis-data-'));
process.once('exit', () => rmSync(dataFolders, { recursive: true, force: true }));
let starts = 0;
const fake = ['--import', join(import.meta.dirname, 'fake/register.mjs')];

/** The command line of the built CLI with the fake model. */
export const command = (args: string[]) => [process.execPath, ...fake, main, ...args];

export interface StartOptions {
  model?: 'fake' | 'real';
  env?: Record<string, string>;
  /** Program and arguments that start the CLI, such as a shell that sets limits. */
  under?: string[];
  uid?: number | undefined;
}

/** Starts the built CLI, with the fake model unless told otherwise. */
export function start(args: string[], options: StartOptions = {}): ChildProcessWithoutNullStreams {
  const preload = options.model === 'real' ? [] : fake;
  const line = [...(options.under ?? []), process.execPath, ...preload, main, ...args];
  return spawn(line[0] as string, line.slice(1), {
    cwd: root,
    ...(options.uid === undefined ? {} : { uid: options.uid, gid: options.uid }),
    env: {
      ...process.env,
      PRECIS_BUNDLE: '',
      PRECIS_DATA: join(dataFolders, String(++starts)),
      ...options.env,
    },
  });
}

/** Runs the built CLI to its end. */
export function run(
  args: string[],
  options: StartOptions & { stdin?: string | Buffer } = {},
): Promise<Result> {
  const child = start(args, options);
  const result: Result = { code: null, stdout: '', stderr: '' };
  child.stdout.setEncoding('utf8').on('data', (text) => {
    result.stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text) => {
    result.stderr += text;
  });
  child.stdin.on('error', () => {});
  child.stdin.end(options.stdin ?? '');
  return new Promise((resolve) => {
    child.on('close', (code) => resolve({ ...result, code }));
  });
}
