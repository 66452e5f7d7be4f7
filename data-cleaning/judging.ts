import { createHash } from 'node:crypto';
import type { Progress } from './progress/progress.js';
import type { Annotated } from './reserve.js';
import { fileIdentity, programIdentity } from './resume/identity.js';
import type { Spools } from './resume/spools.js';
import type { CorpusFile } from './sources/corpus.js';
import type { FolderOptions } from './sources/folder.js';
import { Stopped } from './stopped.js';
import { Workers } from './workers.js';

export interface Judging {
  files: CorpusFile[];
  spools: Spools;
  workers: number;
  options: FolderOptions;
  annotated: Annotated | undefined;
  seed: number;
  progress: Progress;
  signal: AbortSignal | undefined;
}

export interface Watch {
  /** Told what the whole run is made from; true where that has been done already. */
  skip(identity: string): Promise<boolean>;
  /** A file more is judged, or was. */
  judged(): void;
}

/**
 * Sees to it that every file has a complete spool.
 * @returns the identity of the run, and of each file unless it was skipped.
 */
export async function judgeFiles(
  judging: Judging,
  { skip, judged }: Watch,
): Promise<{ identity: string; identities?: string[] }> {
  const { files, spools, annotated, options, seed } = judging;
  const program = programIdentity();
  const identities: string[] = [];
  for (const file of files) {
    const ids = [...(annotated?.ids(file) ?? [])].sort();
    identities.push(await fileIdentity(file, [program, options, ids]));
  }
  const whole = JSON.stringify([identities, seed, annotated?.identity ?? null]);
  const identity = createHash('sha256').update(whole).digest('hex');
  if (await skip(identity)) return { identity };
  await spools.keepOnly(identities);
  await judgeMissing(judging, identities, judged);
  return { identity, identities };
}

async function judgeMissing(
  { files, spools, workers: count, options, annotated, progress, signal }: Judging,
  identities: string[],
  judged: () => void,
): Promise<void> {
  // The same bytes twice are judged once; the longest go first, so that no core waits at the end.
  const missing = new Map<string, CorpusFile>();
  for (const [index, file] of files.entries()) {
    const identity = identities[index] as string;
    if (await spools.has(identity)) judged();
    else missing.set(identity, file);
  }
  if (missing.size === 0) return;
  if (missing.size < files.length) {
    progress.say(`${files.length - missing.size} of ${files.length} files were judged before`);
  }
  const jobs = [...missing].sort(([, a], [, b]) => b.bytes - a.bytes);
  progress.begin(
    'judging',
    jobs.reduce((sum, [, { bytes }]) => sum + bytes, 0),
  );
  const workers = new Workers(Math.min(count, jobs.length));
  const stopped = new Promise<never>((_resolve, reject) => {
    const stop = () => reject(new Stopped('stopped'));
    if (signal?.aborted) stop();
    signal?.addEventListener('abort', stop, { once: true });
  });
  stopped.catch(() => {});
  try {
    const all = jobs.map(async ([identity, file]) => {
      const tell = teller(progress, file.bytes);
      const ids = annotated?.ids(file) ?? new Set<string>();
      await workers.run({ file, options, spool: spools.path(identity), ids }, tell);
      judged();
    });
    await Promise.race([Promise.all(all), stopped]);
  } finally {
    await workers.close();
    progress.end();
  }
}

/** Turns rows done of a file into its bytes done, which is what differs least in its cost. */
function teller(progress: Progress, bytes: number): (rows: number, of: number) => void {
  let before = 0;
  return (rows, of) => {
    progress.add((bytes * (rows - before)) / Math.max(1, of), rows - before);
    before = rows;
  };
}
