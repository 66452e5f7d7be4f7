import { ordered } from '../../model/ordered.js';
import type { SuggestionLength, SuggestionType } from '../../server/schemas/suggestion.js';
import type { SummaryOptions } from '../../server/schemas/summaries.js';
import type { Suggester } from '../../server/suggester.js';
import { checkAvailable } from '../../server/summarise.js';
import { checkFlags, checkPlaces } from '../batch/check.js';
import { runIdentity } from '../batch/identity.js';
import { Inputs } from '../batch/inputs.js';
import type { Item } from '../batch/item.js';
import { Progress } from '../batch/progress.js';
import { ResultFile, type Results, toStandardOutput } from '../batch/results.js';
import { unordered } from '../batch/unordered.js';
import { answer, type Done, type Work } from '../batch/work.js';
import { exit } from '../exit.js';
import { Failure } from '../failure.js';
import { withModel } from '../load.js';

export interface BatchFlags {
  out: string;
  type: SuggestionType;
  length: SuggestionLength;
  minConfidence?: number;
  bundle?: string;
  workers: number;
  column?: string;
  idColumn?: string;
  titleColumn?: string;
  unordered?: true;
  fresh?: true;
  queue?: string;
  review?: true;
  writeFrontmatter?: string;
  report?: string;
  quiet?: true;
}

export async function batch(given: string[], flags: BatchFlags): Promise<number> {
  checkFlags(flags);
  const inputs = await Inputs.open(given, flags);
  await checkPlaces(flags, inputs);
  const { type, length, minConfidence } = flags;
  const options: SummaryOptions = { type, length, minConfidence };
  const run = runIdentity(flags.bundle, options);
  const results = flags.out === '-' ? toStandardOutput : await open(flags);
  const progress = new Progress(() => inputs.progress, flags.quiet === true);
  if (process.stderr.isTTY && !flags.quiet) void inputs.count().catch(() => {});
  const interrupted = stopOnInterrupt(progress, results, flags.out);
  try {
    await withSuggester(flags, run, async (model, ahead) => {
      checkAvailable(model, options);
      await runAll(
        inputs.items(),
        { model, options, run, results },
        ahead,
        flags.unordered !== true,
        progress,
      );
    });
    if (progress.all === 0) throw new Failure('the input holds no documents');
    await results.finish();
  } catch (error) {
    await results.abandon();
    throw error;
  } finally {
    progress.stop();
    interrupted();
  }
  if (!flags.quiet) process.stderr.write(progress.summary());
  if (flags.report) {
    const { writeReport } = await import('../batch/report.js');
    await writeReport(flags.out, flags.report);
  }
  if (flags.review) {
    const { review } = await import('./review.js');
    await review(flags.out, flags);
  }
  return progress.counts.failed === progress.all ? exit.error : exit.done;
}

function open(flags: BatchFlags): Promise<ResultFile> {
  return ResultFile.open(flags.out, flags.fresh === true);
}

/** Documents read ahead for each worker: one that takes long must not leave the others idle. */
const AHEAD = 4;
/** And for a queue, whose workers nobody has counted. */
const AHEAD_QUEUE = 1000;

async function withSuggester(
  flags: BatchFlags,
  run: string,
  use: (model: Suggester, ahead: number) => Promise<void>,
): Promise<void> {
  if (flags.queue) {
    const { withQueue } = await import('../queue/suggester.js');
    await withQueue(flags.queue, run, (model) => use(model, AHEAD_QUEUE));
    return;
  }
  const ahead = flags.workers * AHEAD;
  await withModel(flags.bundle, { workers: flags.workers, maxQueue: ahead }, (model) =>
    use(model, ahead),
  );
}

/** Answers every item and writes it as soon as its turn comes. */
async function runAll(
  items: AsyncIterable<Item>,
  work: Work,
  ahead: number,
  inOrder: boolean,
  progress: Progress,
): Promise<void> {
  const { results } = work;
  let started = 0;
  let written = 0;
  const one = async (item: Item): Promise<Done> => {
    const turn = started++;
    const done = await answer(item, work);
    if (inOrder && turn > written && done.outcome !== 'failed' && !done.earlier) {
      await results.keep(done.line);
    }
    return done;
  };
  for await (const done of inOrder ? ordered(items, ahead, one) : unordered(items, ahead, one)) {
    await results.write(done.line);
    progress.add(done);
    written++;
  }
}

function stopOnInterrupt(progress: Progress, results: Results, out: string): () => void {
  const stop = () => {
    progress.stop();
    const kept = out === '-' ? '' : ' The same command goes on from here.';
    process.stderr.write(`Stopped after ${progress.all} documents.${kept}\n`);
    void results.abandon().finally(() => process.exit(130));
  };
  process.once('SIGINT', stop).once('SIGTERM', stop);
  return () => {
    process.off('SIGINT', stop).off('SIGTERM', stop);
  };
}
