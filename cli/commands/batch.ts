import { access, constants } from 'node:fs/promises';
import { z } from 'zod';
import { ordered } from '../../model/ordered.js';
import { ServiceError } from '../../server/errors.js';
import { problemsOf } from '../../server/problems.js';
import type { SuggestionLength } from '../../server/schemas/suggestion.js';
import { documentInput, type SummaryOptions } from '../../server/schemas/summaries.js';
import type { Suggester } from '../../server/suggester.js';
import { summarise } from '../../server/summarise.js';
import { exit } from '../exit.js';
import { describeError, Failure } from '../failure.js';
import { type Line, lines } from '../lines.js';
import { withModel } from '../load.js';
import { writeLines } from '../output.js';
import { readBytes } from '../read.js';

const id = z.union([z.string(), z.number()]);
const item = z.object({ id, ...documentInput.shape });

export interface BatchFlags {
  out: string;
  length: SuggestionLength;
  minConfidence?: number;
  bundle?: string;
  workers: number;
}

type Row = { id: string | number | null } & (
  | { suggestion: object | null }
  | { error: { code: string; message: string; details?: unknown } }
);

export async function batch(input: string, flags: BatchFlags): Promise<number> {
  if (input !== '-') await access(input, constants.R_OK);
  const { length, minConfidence, workers } = flags;
  const ahead = workers * 2;
  const options: SummaryOptions = { type: 'tldr', length, minConfidence };
  const count = { shown: 0, withheld: 0, failed: 0 };
  const began = performance.now();

  await withModel(flags.bundle, { workers, maxQueue: ahead }, async (model) => {
    const rows = ordered(lines(readBytes(input)), ahead, (line) => answer(model, line, options));
    await writeLines(flags.out, counted(rows, count));
  });

  const { shown, withheld, failed } = count;
  const all = shown + withheld + failed;
  const seconds = (performance.now() - began) / 1000;
  process.stderr.write(
    `${all} documents in ${seconds.toFixed(1)} s: ${shown} suggestions, ${withheld} withheld, ${failed} errors.\n`,
  );
  if (all === 0) throw new Failure('the input holds no documents');
  return failed === all ? exit.error : exit.done;
}

async function* counted(
  rows: AsyncIterable<Row>,
  count: { shown: number; withheld: number; failed: number },
): AsyncGenerator<string> {
  for await (const row of rows) {
    if ('error' in row) count.failed++;
    else if (row.suggestion) count.shown++;
    else count.withheld++;
    yield `${JSON.stringify(row)}\n`;
  }
}

/** One line out for one line in, whatever is wrong with it. */
async function answer(model: Suggester, line: Line, options: SummaryOptions): Promise<Row> {
  const where = `line ${line.number}`;
  const json = parse(line);
  if (json === undefined) {
    const message = `${where}: ${line.bytes ? 'is not JSON in UTF-8' : 'is longer than 16 MB'}`;
    return { id: null, error: { code: line.bytes ? 'malformed' : 'too_large', message } };
  }
  const found = id.safeParse((json as { id?: unknown } | null)?.id);
  const name = found.success ? found.data : null;
  const parsed = item.safeParse(json);
  if (!parsed.success) {
    const details = problemsOf(parsed.error.issues);
    const message = details.map((problem) => `${problem.field}: ${problem.message}`).join('; ');
    return { id: name, error: { code: 'invalid', message: `${where}: ${message}`, details } };
  }
  try {
    const { summary, diagnostics } = await summarise(model, parsed.data, options);
    return { id: name, ...summary, ...(diagnostics ? { diagnostics } : {}) };
  } catch (error) {
    if (error instanceof ServiceError) {
      const { code, message, details } = error;
      return { id: name, error: { code, message, ...(details ? { details } : {}) } };
    }
    return { id: name, error: { code: 'internal', message: `${where}: ${describeError(error)}` } };
  }
}

function parse({ bytes }: Line): unknown {
  try {
    return bytes === null ? undefined : JSON.parse(utf8.decode(bytes));
  } catch {
    return undefined;
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true });
