import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
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
  if (pagesAreOld()) {
    const pages = spawnSync('npm', ['run', '-s', 'build:pages'], { cwd: root, encoding: 'utf8' });
    if (pages.status !== 0) throw new Error(`npm run build:pages\n${pages.stdout}${pages.stderr}`);
  }
}

function pagesAreOld(): boolean {
  const index = join(root, 'dist/web/index.html');
  if (!existsSync(index)) return true;
  const built = statSync(index).mtimeMs;
  const files = ['web', 'component', 'client'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' }).map((name) =>
      join(root, folder, name),
    ),
  );
  return files.some((file) => statSync(file).mtimeMs > built);
}
