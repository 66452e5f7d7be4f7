import { spawn } from 'node:child_process';
import { join } from 'node:path';
import xterm from '@xterm/headless';
import { root } from '../built.js';
import { command } from './run.js';

export interface Shown {
  code: number | null;
  /** Everything the program wrote, with its control sequences. */
  raw: string;
  /** What stands on the terminal at the end, with what was scrolled away. */
  lines: string[];
}

export interface TerminalOptions {
  /** What has to appear, and the keys typed then. */
  steps?: [string, string][];
  env?: Record<string, string>;
  columns?: number;
}

/** Runs the built CLI in a pseudo-terminal. */
export async function terminal(args: string[], options: TerminalOptions = {}): Promise<Shown> {
  const { steps = [], env = {}, columns = 80 } = options;
  const pty = join(import.meta.dirname, 'in_terminal.py');
  const child = spawn('python3', [pty, String(columns), ...command(args)], {
    cwd: root,
    env: { ...process.env, PRECIS_BUNDLE: '', TERM: 'xterm', NO_COLOR: '', ...env },
  });
  let raw = '';
  child.stdout.setEncoding('utf8').on('data', (text) => {
    raw += text;
  });
  child.stdin.end(steps.map((step) => `${step.join('\t')}\n`).join(''));
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  return { code, raw, lines: await seen(raw, columns) };
}

/**
 * Lines that a terminal shows after this output. A line that the terminal had to break, because the
 * program made it too long, begins with ↩.
 */
export function seen(raw: string, columns = 80): Promise<string[]> {
  const screen = new xterm.Terminal({ cols: columns, rows: 24, allowProposedApi: true });
  return new Promise((resolve) => {
    screen.write(raw, () => {
      const buffer = screen.buffer.active;
      const lines = Array.from({ length: buffer.length }, (_, y) => {
        const line = buffer.getLine(y);
        return `${line?.isWrapped ? '↩' : ''}${line?.translateToString(true) ?? ''}`;
      });
      screen.dispose();
      while (lines.at(-1) === '') lines.pop();
      resolve(lines);
    });
  });
}
