import type { Prose } from './core/index.js';
import {
  type Draft,
  type DraftJob,
  type KeyPoints,
  keyPoints,
  type Reader,
  writeDraft,
} from './core/index.js';

/** What a worker is asked to do with one document. */
export type Job = ({ kind: 'write' } & DraftJob) | { kind: 'select'; prose: Prose; most: number };

/** What a worker found: sentences it wrote, or sentences it chose. */
export type Found = { kind: 'write'; draft: Draft } | { kind: 'select'; points: KeyPoints };

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
export async function work<M>(reader: Reader<M>, job: Job, signal?: AbortSignal): Promise<Found> {
  return job.kind === 'write'
    ? { kind: 'write', draft: await writeDraft(reader, job, signal) }
    : { kind: 'select', points: await keyPoints(reader, job.prose, job.most, signal) };
}
