import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { prose, root } from '../context.js';

export type Service = Awaited<ReturnType<typeof startService>>;

/** The built service on a free port, with a data folder of its own. */
export async function startService(bundle: string) {
  const data = mkdtempSync(join(tmpdir(), 'precis-bench-'));
  const child = spawn(
    process.execPath,
    [`${root}dist/cli/main.js`, 'serve', '--port', '0', '--bundle', bundle],
    {
      env: { ...process.env, PRECIS_DATA: data, LOG_LEVEL: 'error' },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const url = await new Promise<string>((resolve, reject) => {
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (text) => {
      said += text;
      const found = /listens on (http:\S+) /.exec(said)?.[1];
      if (found) resolve(found);
    });
    child.once('exit', (code) => reject(new Error(`the service ended with ${code}`)));
  });
  return {
    url,
    /** Resident memory in bytes, as the service reports it. */
    resident: async () => {
      const figures = await (await fetch(`${url}/metrics`)).text();
      return Number(/^process_resident_memory_bytes (\S+)/m.exec(figures)?.[1]);
    },
    stop: () =>
      new Promise<void>((resolve) => {
        child.removeAllListeners('exit').once('exit', () => {
          rmSync(data, { recursive: true, force: true });
          resolve();
        });
        child.kill('SIGTERM');
      }),
  };
}

const text = prose(500);
let count = 0;

/** A document of 500 words that no cache has seen. */
export const freshText = () => `Report ${++count} of ${process.pid}.\n\n${text}`;

export const bodyOf = (document: string) =>
  JSON.stringify({ document: { text: document, format: 'plain' } });
