import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { root } from '../built.js';
import { command } from './run.js';

/**
 * Runs the built CLI in a pseudo-terminal.
 *
 * @param steps what has to appear, and the keys typed then.
 */
export function terminal(
  args: string[],
  steps: [string, string][] = [],
  env: Record<string, string> = {},
): Promise<{ code: number | null; screen: string }> {
  const pty = join(import.meta.dirname, 'in_terminal.py');
  const child = spawn('python3', [pty, ...command(args)], {
    cwd: root,
    env: { ...process.env, PRECIS_BUNDLE: '', TERM: 'xterm', NO_COLOR: '', ...env },
  });
  let screen = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    screen += text;
  });
  child.stdin.end(steps.map((step) => `${step.join('\t')}\n`).join(''));
  return new Promise((resolve) => {
    child.on('close', (code) => resolve({ code, screen: screen.replaceAll('\r\n', '\n') }));
  });
}
