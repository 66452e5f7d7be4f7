import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A bundle of 13 kB whose decoder copies the document's first line; see `fixtures/tiny.py`. */
export const tinyBundle = fileURLToPath(new URL('fixtures/tiny-bundle', import.meta.url));

/** Calls `use` with a copy of the tiny bundle that it may damage. */
export async function withCopy<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'precis-bundle-'));
  try {
    await cp(tinyBundle, folder, { recursive: true });
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}
