import { readdir, realpath, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve, sep } from 'node:path';
import { glob, isDynamicPattern } from 'tinyglobby';
import { extensions } from '../documents/index.js';
import { about, Failure } from './failure.js';

const KNOWN = new RegExp(`\\.(?:${extensions.join('|')})$`, 'i');

/** One thing given on the command line, looked at. */
export type Given =
  | { kind: 'stdin' }
  | { kind: 'file'; path: string; bytes: number }
  /** A pipe or device: it is read once, from its beginning. */
  | { kind: 'stream'; path: string }
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
    else if (info?.isFile()) found.push({ kind: 'file', path: input, bytes: info.size });
    else if (info) found.push({ kind: 'stream', path: input });
    else found.push(...(await matches(input)));
  }
  return withoutRepeats(found);
}

async function matches(pattern: string): Promise<Given[]> {
  const paths = await glob(pattern, { expandDirectories: false, ignore: ['**/node_modules/**'] });
  const files: Given[] = [];
  for (const path of paths.sort()) {
    const info = await stat(path).catch(about(path));
    if (info.isFile()) files.push({ kind: 'file', path, bytes: info.size });
  }
  if (files.length === 0) throw new Failure(`${pattern}: no file matches`);
  return files;
}

function withoutRepeats(found: Given[]): Given[] {
  const folders: string[] = [];
  const seen = new Set<string>();
  for (const given of found) if (given.kind === 'folder') folders.push(resolve(given.path) + sep);
  return found.filter((given) => {
    if (given.kind === 'stdin' || given.kind === 'stream') return true;
    const path = resolve(given.path);
    const inside = folders.some((folder) => path.startsWith(folder) && walked(path, folder));
    if (inside || seen.has(path)) return false;
    seen.add(path);
    return true;
  });
}

/** Whether a file, which need not exist yet, is one of those given or would be found in a folder. */
export async function isAmong(path: string, given: readonly Given[]): Promise<boolean> {
  const place = await realPlace(path);
  for (const one of given) {
    if (one.kind === 'file' && (await realPlace(one.path)) === place) return true;
    if (one.kind !== 'folder') continue;
    const folder = (await realPlace(one.path)) + sep;
    if (place.startsWith(folder) && walked(place, folder)) return true;
  }
  return false;
}

async function realPlace(path: string): Promise<string> {
  const real = (of: string) => realpath(of).catch(() => undefined);
  const folder = (await real(dirname(path))) ?? resolve(dirname(path));
  return (await real(path)) ?? join(folder, basename(path));
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
    else if (!KNOWN.test(name)) continue;
    else if (info && !info.isFile()) {
      // Reading a pipe would wait for a writer that never comes.
      yield { path, error: new Failure(`${path}: is a pipe or a device, a file is needed`) };
    } else yield { path };
  }
}
