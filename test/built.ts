import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

export const root = join(import.meta.dirname, '..');

/** A file of the build (vitest makes it first, see `build.ts`), for tests that run what ships. */
export function built(path: string): string {
  const file = join(process.env.PRECIS_DIST ?? join(root, 'dist'), path);
  if (!existsSync(file)) throw new Error(`${file} is missing: npm run build`);
  return file;
}

/** Loads a built module natively, as `@fastify/autoload` does: both must see the same classes. */
export function requireBuilt<T>(path: string): T {
  return createRequire(import.meta.url)(built(path)) as T;
}
