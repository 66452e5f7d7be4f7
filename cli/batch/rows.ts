import { z } from 'zod';
import { problemsOf } from '../../server/problems.js';
import { documentInput } from '../../server/schemas/summaries.js';
import { type Line, lines } from '../lines.js';
import type { Item } from './item.js';

const id = z.union([z.string(), z.number()]);
const row = z.object({ id, ...documentInput.shape });
const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Items of NDJSON: one for each line, whatever is wrong with it. */
export async function* ndjson(bytes: AsyncIterable<Buffer>, of?: string): AsyncGenerator<Item> {
  for await (const line of lines(bytes)) yield toItem(line, of);
}

function toItem(line: Line, of: string | undefined): Item {
  const where = `${of ? `${of}, ` : ''}line ${line.number}`;
  const json = parse(line);
  if (json === undefined) {
    const message = `${where}: ${line.bytes ? 'is not JSON in UTF-8' : 'is longer than 16 MB'}`;
    const code = line.bytes ? 'malformed' : 'too_large';
    return { id: null, where, error: { code, message } };
  }
  return check(json, where);
}

/** An item from a row that may hold anything. */
export function check(json: unknown, where: string): Item {
  const found = id.safeParse((json as { id?: unknown } | null)?.id);
  const name = found.success ? found.data : null;
  const parsed = row.safeParse(json);
  if (parsed.success) {
    const { id, ...input } = parsed.data;
    return { id, where, input };
  }
  const details = problemsOf(parsed.error.issues);
  const message = details.map((problem) => `${problem.field}: ${problem.message}`).join('; ');
  return { id: name, where, error: { code: 'invalid', message: `${where}: ${message}`, details } };
}

function parse({ bytes }: Line): unknown {
  try {
    return bytes === null ? undefined : JSON.parse(utf8.decode(bytes));
  } catch {
    return undefined;
  }
}
