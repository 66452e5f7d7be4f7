import { mkdir, readFile, rename, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { type StoredKey, storedKey } from './key.js';

const content = z.strictObject({ version: z.literal(1), keys: z.array(storedKey) });

/**
 * Keys in a file, so that they can be checked while the database is gone, created while the service
 * runs, and mounted as a secret into many instances.
 *
 * @throws Error naming the file when it is there and cannot be read.
 */
export async function readKeys(path: string): Promise<StoredKey[]> {
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') return [];
    throw new Error(`${path}: cannot be read (${code})`);
  }
  try {
    return content.parse(JSON.parse(text)).keys;
  } catch {
    throw new Error(`${path}: is not a file of API keys; restore it, or remove it and create new`);
  }
}

/** Replaces the file in one step; only its owner can read it. */
export async function writeKeys(path: string, keys: readonly StoredKey[]): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const next = `${path}.${process.pid}.new`;
  await writeFile(next, `${JSON.stringify({ version: 1, keys }, null, 2)}\n`, { mode: 0o600 });
  await rename(next, path);
}

/** Changes whenever the file does; null when there is none. */
export async function versionOf(path: string): Promise<string | null> {
  return stat(path).then(
    ({ mtimeMs, size, ino }) => `${mtimeMs} ${size} ${ino}`,
    () => null,
  );
}
