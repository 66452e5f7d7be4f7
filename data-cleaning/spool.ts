import { rm } from 'node:fs/promises';
import { readLines } from './rows.js';
import type { Judged } from './worker.js';

/** What a worker wrote about a file; the spool is gone afterwards. */
export async function* spooled(path: string): AsyncGenerator<Judged> {
  for await (const line of readLines(path)) yield JSON.parse(line) as Judged;
  await rm(path, { force: true });
}
