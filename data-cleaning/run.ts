import { mkdir, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join, resolve } from 'node:path';
import { takeLock } from '../cli/batch/lock.js';
import { describeError, Failure } from '../cli/failure.js';
import { readAnnotated } from './annotated.js';
import { NearCopies } from './duplicates/reserved.js';
import { type Judging, judgeFiles } from './judging.js';
import { writeOutputs } from './merge.js';
import { Progress } from './progress/progress.js';
import { Annotated } from './reserve.js';
import { type Done, intact, readDone } from './resume/done.js';
import { Spools } from './resume/spools.js';
import { corpusFiles } from './rows.js';
import { SUMMARY_FIELDS } from './sources/folder.js';
import { Stopped } from './stopped.js';

export interface RunOptions {
  out: string;
  annotated?: string | undefined;
  workers?: number | undefined;
  seed?: number | undefined;
  /** Of a folder of documents; naming any also has folders with both read as documents. */
  summaryFields?: string[] | undefined;
  source?: string | undefined;
  license?: string | undefined;
  /** Does everything anew. */
  fresh?: boolean | undefined;
  progress?: Progress | undefined;
  /** Stops the run; what is judged is kept for the next. */
  signal?: AbortSignal | undefined;
}

export interface RunResult extends Done {
  /** Whether all of it was there from an earlier run. */
  earlier: boolean;
}

/**
 * Cleans the inputs into a folder. All outputs come together at the end, under temporary names until
 * then; a run that did not get there is gone on with by the next one of the same arguments.
 *
 * @throws Failure for what the user can mend: no input, no room, no right to write; Stopped.
 */
export async function run(inputs: string[], options: RunOptions): Promise<RunResult> {
  const { out } = options;
  const found = await corpusFiles(inputs, { documents: options.summaryFields !== undefined });
  await mkdir(out, { recursive: true }).catch(cannotWrite(out));
  const unlock = await takeLock(join(out, '.lock')).catch(cannotWrite(out));
  try {
    return await locked(found, inputs, options);
  } finally {
    await unlock().catch(() => {});
  }
}

async function locked(
  files: Awaited<ReturnType<typeof corpusFiles>>,
  inputs: string[],
  options: RunOptions,
): Promise<RunResult> {
  const began = performance.now();
  const { out, seed = 1, fresh = false } = options;
  const progress = options.progress ?? new Progress(process.stderr, true);
  const spools = await Spools.open(out, fresh).catch(cannotWrite(out));
  const judging: Judging = {
    files,
    spools,
    workers: options.workers ?? Math.max(1, Math.min(4, availableParallelism())),
    options: {
      summaryFields: options.summaryFields ?? SUMMARY_FIELDS,
      source: options.source,
      license: options.license,
    },
    annotated: undefined,
    seed,
    progress,
    signal: options.signal,
  };
  const reserved = new NearCopies();
  if (options.annotated) {
    judging.annotated = new Annotated(await readAnnotated(options.annotated), reserved);
  }
  let judged = 0;
  try {
    const { identity, identities } = await judgeFiles(judging, {
      skip: async (all) => {
        const done = fresh ? undefined : await readDone(out);
        return done?.identity === all && (await intact(out, done));
      },
      judged: () => judged++,
    });
    if (!identities) {
      await spools.remove();
      return { ...((await readDone(out)) as Done), earlier: true };
    }
    const result = await writeOutputs(judging, identities, reserved, out);
    const { summaryFields, source, license } = judging.options;
    const done: Done = {
      identity,
      ...result,
      inputs: inputs.map((input) => resolve(input)),
      options: {
        ...{ seed, documents: options.summaryFields !== undefined },
        summaryFields: [...summaryFields],
        ...(source === undefined ? {} : { source }),
        ...(license === undefined ? {} : { license }),
      },
      seconds: Math.round((performance.now() - began) / 100) / 10,
    };
    await writeFile(join(out, 'DONE'), `${JSON.stringify(done, null, 2)}\n`);
    await spools.remove();
    return { ...done, earlier: false };
  } catch (error) {
    if (error instanceof Failure && !(error instanceof Stopped)) throw error;
    const kept = `${judged} of ${files.length} files are judged and kept; the same command goes on from there`;
    if (error instanceof Stopped || options.signal?.aborted) throw new Stopped(`stopped: ${kept}`);
    const { code } = error as NodeJS.ErrnoException;
    if (!code || !(code in NO_ROOM)) throw error;
    throw new Failure(`${describeError(error)}: ${NO_ROOM[code]}. ${kept}.`);
  } finally {
    progress.end();
  }
}

const NO_ROOM: Record<string, string> = {
  ENOSPC: 'make room there, or choose another --out',
  EDQUOT: 'your quota of that disk is used up; make room there, or choose another --out',
  EFBIG: 'files there may not grow so large (ulimit -f)',
  EIO: 'the disk reports an error',
  EROFS: 'that disk is read-only now; choose another --out',
  EACCES: 'you may not write there; choose another --out',
};

function cannotWrite(out: string): (error: NodeJS.ErrnoException) => never {
  return (error) => {
    if (error instanceof Failure) throw error;
    const why = NO_ROOM[error.code ?? ''] ?? 'choose another --out';
    throw new Failure(`cannot write to ${out}: ${describeError(error)}; ${why}`);
  };
}
