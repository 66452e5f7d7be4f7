import type { FileFormat } from '../../documents/index.js';
import type { SuggestionLength, SuggestionType } from '../../server/schemas/suggestion.js';
import type { Suggester } from '../../server/suggester.js';
import { checkAvailable } from '../../server/summarise.js';
import { type Answer, answerFile } from '../answer.js';
import { paintFor } from '../colour.js';
import { exit } from '../exit.js';
import { describeError, Failure } from '../failure.js';
import { look, walk } from '../files.js';
import { withModel } from '../load.js';
import { diagnostics, explain, footnote, sources, wrap } from '../pretty.js';
import { printable } from '../printable.js';
import { type Loaded, readDocument } from '../read.js';
import { reasons } from '../reasons.js';

export interface SuggestFlags {
  json?: true;
  format?: FileFormat;
  title?: string;
  type: SuggestionType;
  length: SuggestionLength;
  minConfidence?: number;
  bundle?: string;
  sources?: true;
  explain?: true;
  quiet?: true;
  verbose?: true;
}

/** Suggestions go to standard output, everything about them to standard error. */
export async function suggest(inputs: string[], flags: SuggestFlags): Promise<number> {
  const { files, failed } = await expand(inputs);
  const only = files.length === 1;
  if (!only && flags.title) throw new Failure('--title is for one document, not for several');
  // A single file that cannot be read says so before the model takes its time to load.
  const first = only ? await readDocument(files[0] as string, flags) : undefined;
  const { type, length } = flags;
  return withModel(flags.bundle, {}, async (model) => {
    checkAvailable(model, { type, length });
    const codes: number[] = failed ? [exit.error] : [];
    for (const file of files) codes.push(await one(model, file, flags, first, only));
    const { error, suggestion, withheld } = exit;
    if (codes.includes(error)) return error;
    return codes.includes(suggestion) ? suggestion : withheld;
  });
}

async function expand(inputs: string[]): Promise<{ files: string[]; failed: boolean }> {
  const files: string[] = [];
  let failed = false;
  for (const given of await look(inputs)) {
    if (given.kind === 'stdin') files.push('-');
    else if (given.kind !== 'folder') files.push(given.path);
    else {
      if (inputs.length === 1) {
        throw new Failure(`${given.path}: is a folder; for folders there is precis batch`);
      }
      for await (const { path, error } of walk(given.path)) {
        if (!error) files.push(path);
        else process.stderr.write(`precis: ${describeError(error)}\n`);
        failed ||= error !== undefined;
      }
    }
  }
  return { files, failed };
}

/** One document; among several an error is printed and does not end the run. */
async function one(
  model: Suggester,
  file: string,
  flags: SuggestFlags,
  first: Loaded | undefined,
  only: boolean,
): Promise<number> {
  try {
    const loaded = first ?? (await readDocument(file, flags));
    const { type, length, minConfidence } = flags;
    const options = { type, length, minConfidence, explain: flags.explain };
    const answer = await answerFile(model, loaded, options);
    if (flags.json) printJson(answer, file, flags, only);
    else print(answer, loaded, file, flags, only);
    return answer.summary.suggestion ? exit.suggestion : exit.withheld;
  } catch (error) {
    if (only) throw error;
    if (flags.json) {
      process.stdout.write(
        `${JSON.stringify({ file, error: { message: describeError(error) } })}\n`,
      );
    } else process.stderr.write(`precis: ${describeError(error)}\n`);
    return exit.error;
  }
}

function printJson(
  { summary, diagnostics }: Answer,
  file: string,
  flags: SuggestFlags,
  only: boolean,
) {
  const value = {
    ...(only ? {} : { file }),
    ...summary,
    ...(flags.explain && diagnostics ? { diagnostics } : {}),
  };
  process.stdout.write(`${only ? JSON.stringify(value, null, 2) : JSON.stringify(value)}\n`);
}

function print(answer: Answer, loaded: Loaded, file: string, flags: SuggestFlags, only: boolean) {
  const { summary } = answer;
  const { stdout, stderr } = process;
  const width = Math.min(stdout.columns || 80, 80);
  const text = printable(summary.suggestion?.text ?? '');
  const paint = paintFor(stderr);
  const name = only ? '' : `${printable(file)}: `;
  if (summary.suggestion) {
    if (!stdout.isTTY) stdout.write(`${name}${text}\n`);
    else
      stdout.write(
        `${only ? '' : `${paintFor(stdout).bold(name.slice(0, -2))}\n`}${wrap(text, width)}\n`,
      );
    if ((stdout.isTTY || flags.verbose) && !flags.quiet)
      stderr.write(`${footnote(summary, paint)}\n`);
    if (flags.sources) stderr.write(sources(summary, width, paint));
  } else if (summary.reason && !flags.quiet) {
    stderr.write(`${name}${explain(summary.reason, summary.documentType)}\n`);
  }
  if (flags.verbose || flags.explain) stderr.write(about(answer, loaded));
  if (flags.explain) {
    stderr.write(
      summary.explanation ? reasons(summary.explanation) : diagnostics(answer.diagnostics),
    );
  }
  if (!only && stdout.isTTY) stderr.write('\n');
}

function about({ summary }: Answer, { document, hash }: Loaded): string {
  const { input, model } = summary;
  const encoding = document.encoding ? `, ${document.encoding}` : '';
  return [
    `read as: ${document.format}${encoding}${document.truncated ? ', cut at a limit' : ''}`,
    `title: ${printable(document.title ?? '(none)')}`,
    `tokens: ${input.tokens} of at most ${input.limit}${input.truncated ? ', the rest was left out' : ''}`,
    `model: ${model.name} ${model.version}`,
    `hash: ${hash}`,
    '',
  ].join('\n');
}
