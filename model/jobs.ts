import type { Prose } from './core/index.js';
import {
  type Draft,
  type DraftJob,
  type KeyPoints,
  keyPoints,
  type Reader,
  type Timings,
  writeDraft,
} from './core/index.js';
import { Stopwatch } from './stopwatch.js';

/** What a worker is asked to do with one document. */
export type Job = ({ kind: 'write' } & DraftJob) | { kind: 'select'; prose: Prose; most: number };

/** What a worker found: sentences it wrote, or sentences it chose; and, where it is known, how long it took. */
export type Found = { timings?: Timings | undefined } & (
  | { kind: 'write'; draft: Draft }
  | { kind: 'select'; points: KeyPoints }
);

/** English prose has about four characters an id. */
const CHARACTERS_AN_ID = 4;

/** Ids the encoder will read, roughly: good enough to queue by. */
export function costOf(job: Job, { limits }: { limits: { sourceTokens: number } }): number {
  const characters = job.prose.lines.reduce((sum, line) => sum + line.length, 0);
  const ids = Math.ceil(characters / CHARACTERS_AN_ID) + 1;
  const first = job.kind === 'write' && job.reading.longDocuments === 'first';
  return first ? Math.min(ids, limits.sourceTokens) : ids;
}

/** @throws the signal's reason when it is aborted. */
export async function work<M>(given: Reader<M>, job: Job, signal?: AbortSignal): Promise<Found> {
  const watch = new Stopwatch(given);
  const { reader } = watch;
  if (job.kind === 'write') {
    const draft = await writeDraft(reader, job, signal);
    return { kind: 'write', draft, timings: watch.timings };
  }
  const points = await keyPoints(reader, job.prose, job.most, signal);
  return { kind: 'select', points, timings: watch.timings };
}
