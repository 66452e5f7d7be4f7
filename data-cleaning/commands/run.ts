import { type Command, InvalidArgumentError, Option } from 'commander';
import { duration } from '../../cli/batch/progress.js';
import { Progress } from '../progress/progress.js';
import { type RunResult, run } from '../run.js';
import { Stopped } from '../stopped.js';

interface Flags {
  out: string;
  annotated?: string;
  workers?: number;
  seed: number;
  summaryField?: string[];
  source?: string;
  licence?: string;
  fresh?: boolean;
  quiet?: boolean;
}

const HELP = `
Examples:
  precis-clean run corpus/ --out clean/
  precis-clean run corpus/ --annotated annotated/ --out clean/
  precis-clean run my-docs/ --summary-field description,abstract --licence CC-BY-4.0 --out clean/

A folder that holds .jsonl files (.gz, .zst) is read as rows {id, source, license, title?, summary?,
body, doc_type?}; any other, or one with --summary-field, as documents (Markdown, HTML, text, docx …)
whose front matter or <meta> may hold a summary. What cannot be read is reported in rejects.jsonl.zst.

A run that was stopped goes on where it was: give the same command again.
Exit codes: 0 done, 1 an error, 130 stopped by Ctrl-C, 143 by SIGTERM.`;

const EXIT = { SIGINT: 130, SIGTERM: 143 } as const;

export function addRun(program: Command): void {
  program
    .command('run')
    .description('cleans a corpus: clean and loose pairs, prose, rejects with reasons, a report')
    .argument('<input...>', 'files or folders')
    .requiredOption('--out <folder>', 'where the outputs go')
    .option('--annotated <folder>', 'annotated sets whose dev and test documents are kept out')
    .option('--summary-field <names>', 'fields that may hold the summary, with commas', names)
    .option('--source <name>', 'what to call a folder of documents (default: its name)')
    .addOption(
      new Option('--licence <name>', 'licence of the documents in a folder').default(undefined),
    )
    .option('--workers <count>', 'worker threads (default: one a core, four at most)', count(1))
    .option('--seed <number>', 'of the examples and splits', count(0), 1)
    .option('--fresh', 'do everything anew')
    .option('-q, --quiet', 'no progress')
    .addHelpText('after', HELP)
    .action(action);
}

async function action(inputs: string[], flags: Flags): Promise<void> {
  const stop = new AbortController();
  let signal: keyof typeof EXIT | undefined;
  const on = (name: keyof typeof EXIT) =>
    process.once(name, () => {
      signal = name;
      stop.abort();
    });
  on('SIGINT');
  on('SIGTERM');
  const { out, annotated, workers, seed, source, fresh } = flags;
  try {
    const result = await run(inputs, {
      ...{ out, annotated, workers, seed, source, fresh, signal: stop.signal },
      license: flags.licence,
      summaryFields: flags.summaryField,
      progress: new Progress(process.stderr, flags.quiet),
    });
    process.stdout.write(summary(result, out));
  } catch (error) {
    if (!(error instanceof Stopped) || !signal) throw error;
    process.stderr.write(`precis-clean: ${error.message}\n`);
    process.exitCode = EXIT[signal];
  }
}

function summary(result: RunResult, out: string): string {
  const { rows, clean, loose, prose, reasons, seconds, earlier } = result;
  const n = (value: number) => value.toLocaleString('en');
  const took = earlier
    ? 'Nothing to do, the outputs are of this input and program (--fresh does it anew): '
    : '';
  const rate = earlier ? '' : ` in ${duration(seconds)}`;
  const files = reasons.unreadable_file ?? 0;
  const broken = reasons.broken_row ?? 0;
  const bad =
    files + broken === 0
      ? ''
      : `${n(files)} files and ${n(broken)} rows could not be read; rejects.jsonl.zst says why.\n`;
  return `${took}${n(rows)} rows${rate}: ${n(clean)} clean, ${n(loose)} loose, ${n(prose)} prose.\n${bad}Report: ${out}/report.html\n`;
}

function count(least: number): (value: string) => number {
  return (value) => {
    const number = Number(value);
    if (!Number.isInteger(number) || number < least)
      throw new InvalidArgumentError(`a whole number from ${least} on`);
    return number;
  };
}

function names(value: string): string[] {
  const list = value.split(',').map((name) => name.trim());
  if (list.includes('')) throw new InvalidArgumentError('names with commas between them');
  return list;
}
