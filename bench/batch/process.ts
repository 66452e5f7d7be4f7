import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Usage } from './watched.js';

const place = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const main = place('../../cli/main.js');
const bare = place('bare.js');
const watched = new URL('watched.js', import.meta.url).href;

/** A folder that is gone when the bench ends. */
export const folder = mkdtempSync(join(tmpdir(), 'precis-bench-'));
process.once('exit', () => rmSync(folder, { recursive: true, force: true }));

/** What a process took from its start to its end. */
export interface Took extends Usage {
  seconds: number;
}

export interface Options {
  /** Runs on the first core alone (`taskset`, Linux). */
  oneCore?: boolean;
  /** File that gets a line for each document that is begun. */
  starts?: string;
  /** Asked every few milliseconds; true ends the process without warning. */
  killWhen?: () => boolean;
}

/** @returns undefined when the process was killed. */
async function run(args: string[], options: Options = {}): Promise<Took | undefined> {
  const usage = join(folder, 'usage.json');
  const command = [process.execPath, '--import', watched, ...args];
  const [program, ...rest] = options.oneCore ? ['taskset', '-c', '0', ...command] : command;
  const began = performance.now();
  const child = spawn(program as string, rest, {
    env: { ...process.env, PRECIS_BENCH_USAGE: usage, PRECIS_BENCH_STARTS: options.starts ?? '' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text) => {
    said += text;
  });
  const timer = setInterval(() => options.killWhen?.() && child.kill('SIGKILL'), 5);
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject).once('close', resolve);
  });
  clearInterval(timer);
  if (code === null && options.killWhen) return undefined;
  if (code !== 0) throw new Error(`${args.join(' ')} ended with ${code}: ${said}`);
  const used = JSON.parse(readFileSync(usage, 'utf8')) as Usage;
  return { ...used, seconds: (performance.now() - began) / 1000 };
}

/** The built `precis batch` over rows in a file. */
export function batch(bundle: string, input: string, out: string, options: Options = {}) {
  return run([main, 'batch', input, '--out', out, '--quiet', '--bundle', bundle], options);
}

/** `Summarizer.suggestMany` over the same rows. */
export function alone(bundle: string, input: string, workers: number, options: Options = {}) {
  return run([bare, bundle, input, String(workers)], options);
}
