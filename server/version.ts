import { readFileSync } from 'node:fs';
import { packageFile } from './package-file.js';

/** Version of this package. */
export const version: string = JSON.parse(
  readFileSync(packageFile('package.json'), 'utf8'),
).version;
