import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A file of the package by its name, whether this code runs from `server/` or from `dist/server/`. */
export function packageFile(name: string): string {
  let folder = import.meta.dirname;
  while (!existsSync(join(folder, 'package.json'))) {
    const parent = dirname(folder);
    if (parent === folder) throw new Error('package.json not found above the program');
    folder = parent;
  }
  return join(folder, name);
}
