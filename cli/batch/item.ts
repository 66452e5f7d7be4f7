import { createHash } from 'node:crypto';
import type { DocumentInput } from '../../server/schemas/summaries.js';

export type ItemId = string | number | null;

export interface RowError {
  code: string;
  message: string;
  details?: unknown;
}

/** One document to do: a row that came with its text, a file still to be read, or what is wrong with it. */
export type Item = { id: ItemId; where: string } & (
  | { input: DocumentInput }
  | { path: string }
  | { error: RowError }
);

/** A line of the output. `key` is missing where an answer is not to be taken over by a later run. */
export type Row = { id: ItemId } & (
  | { suggestion: object | null; key: string }
  | { error: RowError }
);

/**
 * Names what an answer depends on: the run (model, options, program), the item's id and its content.
 * The same key means the same answer.
 */
export function keyOf(run: string, id: ItemId, content: DocumentInput | Uint8Array): string {
  const hash = createHash('sha256').update(JSON.stringify([run, id]));
  if (content instanceof Uint8Array) hash.update(content);
  else hash.update(JSON.stringify([content.format, content.title ?? null, content.text]));
  return hash.digest('hex').slice(0, 32);
}
