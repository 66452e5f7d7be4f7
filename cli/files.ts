import { readdir, realpath, stat } from 'node:fs/promises';
import { join, resolve, sep } from 'node:path';
import { glob, isDynamicPattern } from 'tinyglobby';
import { extensions } from '../documents/index.js';
import { about, Failure } from './failure.js';

const KNOWN = new RegExp(`\\.(?:${extensions.join('|')})$`, 'i');

/** One thing given on the command line, looked at. */
export type Given =
  | { kind: 'stdin' }
  | { kind: 'file'; path: string; bytes: number }
  | { kind: 'folder'; path: string };

/** Files, folders and patterns as they were given; a file or folder inside another is left out. */
export async function look(inputs: readonly string[]): Promise<Given[]> {
  const found: Given[] = [];
  for (const input of inputs) {
    if (input === '-') {
      found.push({ kind: 'stdin' });
      continue;
    }
    const info = await stat(input).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' && isDynamicPattern(input)) return undefined;
      return about(input)(error);
    });
    if (info?.isDirectory()) found.push({ kind: 'folder', path: input });
    else if (info) found.push({ kind: 'file', path: input, bytes: info.size });
    else found.push(...(await matches(input)));
  }
  return withoutRepeats(found);
}

async function matches(pattern: string): Promise<Given[]> {
  const paths = await glob(pattern, { expandDirectories: false, ignore: ['**/node_modules/**'] });
  if (paths.length === 0) throw new Failure(`${pattern}: no file matches`);
  const files = paths.sort().map(async (path): Promise<Given> => {
    return { kind: 'file', path, bytes: (await stat(path).catch(about(path))).size };
  });
  return Promise.all(files);
}

function withoutRepeats(found: Given[]): Given[] {
  const folders: string[] = [];
  const seen = new Set<string>();
  for (const given of found) if (given.kind === 'folder') folders.push(resolve(given.path) + sep);
  return found.filter((given) => {
    if (given.kind === 'stdin') return true;
    const path = resolve(given.path);
    const inside = folders.some((folder) => path.startsWith(folder) && walked(path, folder));
    if (inside || seen.has(path)) return false;
    seen.add(path);
    return true;
  });
}

/** Whether a walk of the folder comes by the file. */
function walked(path: string, folder: string): boolean {
  return KNOWN.test(path) && !path.slice(folder.length).split(sep).some(isHidden);
}

const isHidden = (name: string) => name.startsWith('.') || name === 'node_modules';

/**
 * Documents in a folder and those below it, by name, one folder in memory at a time. Hidden ones and
 * node_modules are left out; links are followed, a folder that was seen is not entered again.
 */
export async function* walk(
  folder: string,
  seen: Set<string> = new Set(),
): AsyncGenerator<{ path: string; error?: Error }> {
  let names: string[];
  try {
    const real = await realpath(folder);
    if (seen.has(real)) return;
    seen.add(real);
    names = (await readdir(folder)).sort();
  } catch (error) {
    const named = Object.assign(error as NodeJS.ErrnoException, { path: folder });
    yield { path: folder, error: named };
    return;
  }
  for (const name of names) {
    if (isHidden(name)) continue;
    const path = join(folder, name);
    const info = await stat(path).catch(() => undefined);
    if (info?.isDirectory()) yield* walk(path, seen);
    else if (KNOWN.test(name)) yield { path };
  }
}
