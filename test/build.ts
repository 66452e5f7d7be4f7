import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Worker threads of Node 20 run JavaScript only: `dist/` has to be there, and of today. */
export default function build(): void {
  const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
  const done = spawnSync(process.execPath, [tsc, '-p', 'tsconfig.build.json'], {
    cwd: root,
    encoding: 'utf8',
  });
  // A type error elsewhere does not keep tests of the emitted code from running; `check` reports it.
  if (done.status !== 0) process.stderr.write(`tsc -p tsconfig.build.json:\n${done.stdout}\n`);
  if (!existsSync(`${root}dist/model/worker.js`))
    throw new Error('dist/model/worker.js was not built');
}
