import { createHash } from 'node:crypto';
import { createReadStream, readdirSync, readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { CorpusFile } from '../sources/corpus.js';

/** Parts of the program that a verdict depends on. */
const PARTS = ['data-cleaning', 'documents'];

/** Names the program: its filters, rewrites, thresholds and the weights of its score. */
export function programIdentity(): string {
  const root = fileURLToPath(new URL('../..', import.meta.url));
  const hash = createHash('sha256');
  for (const part of PARTS) {
    const names = readdirSync(join(root, part), { recursive: true }) as string[];
    for (const name of names.sort()) {
      if (/\.(?:[jt]s|json)$/.test(name)) hash.update(readFileSync(join(root, part, name)));
    }
  }
  return hash.digest('hex');
}

/** Names all that a file's records depend on: its bytes, where it lies, the options and the program. */
export async function fileIdentity(input: CorpusFile, rest: unknown): Promise<string> {
  const { group, file, path, documents, problem } = input;
  const hash = createHash('sha256').update(JSON.stringify([group, file, problem ?? null, rest]));
  try {
    if (documents) {
      for (const name of documents) {
        hash.update(`\0${name}\0`);
        hash.update(await readFile(join(path, name)).catch(() => 'unreadable'));
      }
    } else if (!problem) for await (const chunk of createReadStream(path)) hash.update(chunk);
  } catch (error) {
    // The reader reports it; once it can be read the name is another.
    hash.update(String((error as NodeJS.ErrnoException).code));
  }
  return hash.digest('hex');
}
