import { UnreadableError } from '../../documents/index.js';
import { ServiceError } from '../../server/errors.js';
import type { SummaryOptions } from '../../server/schemas/summaries.js';
import type { Suggester } from '../../server/suggester.js';
import { type Answer, answerFile, answerText } from '../answer.js';
import { describeError } from '../failure.js';
import { readBounded, toDocument } from '../read.js';
import { type Item, keyOf, type Row, type RowError } from './item.js';
import type { Results } from './results.js';

export type Outcome = 'shown' | 'withheld' | 'failed';

export interface Done {
  line: string;
  outcome: Outcome;
  /** Whether an earlier run gave it. */
  earlier: boolean;
}

export interface Work {
  model: Suggester;
  options: SummaryOptions;
  /** See `runIdentity`. */
  run: string;
  results: Results;
}

/** Answers one item, whatever is wrong with it. */
export async function answer(item: Item, work: Work): Promise<Done> {
  try {
    if ('error' in item) return failed(item, item.error);
    const bytes = 'path' in item ? await readBounded(item.path) : undefined;
    const key = keyOf(work.run, item.id, 'path' in item ? (bytes as Buffer) : item.input);
    const line = await work.results.earlier(key);
    if (line) return { line, outcome: outcomeOf(line), earlier: true };
    if ('input' in item) {
      return done(item, key, await answerText(work.model, item.input, work.options));
    }
    const loaded = await toDocument(bytes as Buffer, item.path, {});
    const { format, truncated } = loaded.document;
    const file = { format, ...(truncated ? { cut: true } : {}) };
    return done(item, key, await answerFile(work.model, loaded, work.options), file);
  } catch (error) {
    return failed(item, explain(error, item.where));
  }
}

function done(item: Item, key: string, { summary, diagnostics }: Answer, file?: object): Done {
  const row: Row = {
    id: item.id,
    ...summary,
    ...(diagnostics ? { diagnostics } : {}),
    ...(file ? { file } : {}),
    key,
  };
  const outcome = summary.suggestion ? 'shown' : 'withheld';
  return { line: `${JSON.stringify(row)}\n`, outcome, earlier: false };
}

function failed({ id }: Item, error: RowError): Done {
  const row: Row = { id, error };
  return { line: `${JSON.stringify(row)}\n`, outcome: 'failed', earlier: false };
}

function outcomeOf(line: string): Outcome {
  const { suggestion } = JSON.parse(line) as { suggestion?: unknown };
  return suggestion ? 'shown' : 'withheld';
}

function explain(error: unknown, where: string): RowError {
  if (error instanceof UnreadableError) return { code: error.code, message: error.message };
  if (error instanceof ServiceError) {
    const { code, message, details } = error;
    return { code, message, ...(details ? { details } : {}) };
  }
  const system = (error as NodeJS.ErrnoException).syscall !== undefined;
  if (system) return { code: 'unreadable_file', message: describeError(error) };
  return { code: 'internal', message: `${where}: ${describeError(error)}` };
}
