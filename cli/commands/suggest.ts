import type { SuggestionLength, SuggestionType } from '../../server/schemas/suggestion.js';
import { summarise } from '../../server/summarise.js';
import { exit } from '../exit.js';
import { withModel } from '../load.js';
import { explain, footnote, wrap } from '../pretty.js';
import { type Format, readDocument } from '../read.js';

export interface SuggestFlags {
  json?: true;
  format?: Format;
  title?: string;
  type: SuggestionType;
  length: SuggestionLength;
  minConfidence?: number;
  bundle?: string;
}

/** The suggestion goes to standard output, everything about it to standard error. */
export async function suggest(file: string, flags: SuggestFlags): Promise<number> {
  const document = await readDocument(file, flags);
  const { type, length, minConfidence } = flags;
  const { summary } = await withModel(flags.bundle, {}, (model) =>
    summarise(model, document, { type, length, minConfidence }),
  );
  if (flags.json) process.stdout.write(`${JSON.stringify(summary, null, 2)}\n`);
  else if (summary.suggestion) {
    const { isTTY, columns } = process.stdout;
    const { text } = summary.suggestion;
    process.stdout.write(`${isTTY ? wrap(text, Math.min(columns, 80)) : text}\n`);
    if (isTTY) process.stderr.write(`${footnote(summary)}\n`);
  } else if (summary.reason) process.stderr.write(`${explain(summary.reason)}\n`);
  return summary.suggestion ? exit.suggestion : exit.withheld;
}
