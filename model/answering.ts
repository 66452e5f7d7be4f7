import type { Document } from '../documents/document.js';
import { renderText } from '../documents/render.js';
import { chosen, decide, turnedAway } from './answer.js';
import { jobOf } from './asking.js';
import { documentReason, type LanguageCheck, type SuggestResult } from './core/index.js';
import type { Answering } from './described.js';
import { PrecisError } from './errors.js';
import type { Found, Job } from './jobs.js';
import type { Asked, Reading } from './options.js';
import { partlyRead } from './prose.js';

/** What stays the same for all documents of a model. */
export interface Answerer {
  answering: Answering;
  language: LanguageCheck;
  reading: Reading;
  /** Has a job done: in a thread of the pool, or in the browser's worker itself. */
  run(job: Job): Promise<Found>;
}

/**
 * The whole way from a document to its answer, the same wherever the graphs run: turn it away, or ask
 * for a draft and decide about it. Imports nothing of Node.
 *
 * @throws PrecisError for what is no document, what `run` throws, the signal's reason.
 */
export async function answer(
  document: Document,
  asked: Asked,
  { answering, language, reading, run }: Answerer,
): Promise<SuggestResult> {
  const { model } = answering;
  if (!Array.isArray(document?.blocks) || typeof document.source !== 'string') {
    throw new PrecisError('invalid', 'suggest wants a document: {title?, source, blocks}');
  }
  asked.signal?.throwIfAborted();
  const rendered = renderText(document);
  const reason = documentReason(rendered.text, language);
  if (reason) return turnedAway(reason, model, asked);
  const { job, prose: cut } = jobOf(document, rendered, asked, answering, reading);
  const prose = { ...cut, more: cut.more || partlyRead(document) };
  const found = await run(job);
  const read = { document, rendered, prose };
  const began = performance.now();
  const result =
    found.kind === 'write'
      ? decide({ ...read, draft: found.draft }, asked, model)
      : chosen({ ...read, points: found.points }, asked, model);
  if (!asked.timings || !found.timings) return result;
  const gate = found.timings.gate + (performance.now() - began) / 1000;
  return { ...result, timings: { ...found.timings, gate } };
}
