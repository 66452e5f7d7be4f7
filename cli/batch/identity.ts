import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { defaultBundle } from '../../model/place.js';
import type { SummaryOptions } from '../../server/schemas/summaries.js';

/** Parts of the program that an answer depends on. */
const PARTS = ['documents', 'model'];

/**
 * Names everything but the document that an answer depends on: the bundle (whose manifest holds the
 * hash of each of its files), the options and the program. Answers of an older program or model are
 * therefore never taken over.
 */
export function runIdentity(bundle: string | undefined, options: SummaryOptions): string {
  const hash = createHash('sha256');
  const { type, length, minConfidence } = options;
  hash.update(JSON.stringify([type, length, minConfidence ?? null]));
  hash.update(read(join(bundle || defaultBundle, 'manifest.json')));
  const root = fileURLToPath(new URL('../..', import.meta.url));
  for (const part of PARTS) {
    const names = readdirSync(join(root, part), { recursive: true }) as string[];
    for (const name of names.sort())
      if (/\.[jt]s$/.test(name)) hash.update(read(join(root, part, name)));
  }
  return hash.digest('hex');
}

function read(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch {
    // A missing bundle is the loader's to report.
    return Buffer.alloc(0);
  }
}
