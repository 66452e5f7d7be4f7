import { z } from 'zod';
import { ServiceError } from '../errors.js';
import { problemsOf } from '../problems.js';
import { summary as answer, documentInput } from '../schemas/summaries.js';
import type { Line } from './lines.js';

const id = z.union([z.string(), z.number()]);

/** A line in. NDJSON files often have more fields: those are let through. */
export const batchItem = z.object({ id, ...documentInput.shape }).meta({ id: 'BatchItem' });

const error = z.object({ code: z.string(), message: z.string(), details: z.unknown().optional() });

/** A line out for a line in, in the order of the lines. */
export const batchRow = z
  .union([
    z.object({ id: id.nullable(), ...answer.shape }),
    z.object({ id: id.nullable(), error: error.extend({ retryAfter: z.int().optional() }) }),
  ])
  .meta({ id: 'BatchRow' });

export type BatchItem = z.infer<typeof batchItem>;
export type BatchRow = z.infer<typeof batchRow>;

type Parsed = { item: BatchItem } | { row: BatchRow };

/** A document, or the row that says what is wrong with the line. */
export function parseLine({ number, bytes }: Line, limit: number): Parsed {
  const where = `line ${number}`;
  if (bytes === null) return failed(null, 'too_large', `${where}: is longer than ${limit} bytes`);
  let json: unknown;
  try {
    json = JSON.parse(utf8.decode(bytes));
  } catch {
    return failed(null, 'malformed', `${where}: is not JSON in UTF-8`);
  }
  const parsed = batchItem.safeParse(json);
  if (parsed.success) return { item: parsed.data };
  const name = id.safeParse((json as { id?: unknown } | null)?.id);
  const details = problemsOf(parsed.error.issues);
  const message = details.map((problem) => `${problem.field}: ${problem.message}`).join('; ');
  return failed(name.success ? name.data : null, 'invalid', `${where}: ${message}`, { details });
}

/** The row of a document that got no answer. */
export function rowOf(item: BatchItem, error: unknown): BatchRow {
  if (!(error instanceof ServiceError)) {
    return failed(item.id, 'internal', 'The service failed; the log says more.').row;
  }
  const { code, message, details, retryAfter } = error;
  return failed(item.id, code, message, {
    ...(details ? { details } : {}),
    ...(retryAfter === undefined ? {} : { retryAfter }),
  }).row;
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

const failed = (
  name: string | number | null,
  code: string,
  message: string,
  extras: { details?: unknown; retryAfter?: number } = {},
): { row: BatchRow } => ({ row: { id: name, error: { code, message, ...extras } } });
