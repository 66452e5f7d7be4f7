import { readLines } from './rows.js';
import type { Judged } from './worker.js';

/** What a worker wrote about a file. */
export async function* spooled(path: string): AsyncGenerator<Judged> {
  for await (const line of readLines(path)) yield JSON.parse(line) as Judged;
}
