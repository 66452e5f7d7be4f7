import type { Document } from '../documents/document.js';
import type { Rendered } from '../documents/render.js';
import { surfaceOf } from './core/index.js';
import type { Answering } from './described.js';
import type { Job } from './jobs.js';
import { type Asked, HEADLINE_IDS, KEY_POINTS, type Reading } from './options.js';
import { type CutProse, proseWithin } from './prose.js';

/** What to ask a worker for, and the prose it will look at. */
export function jobOf(
  document: Document,
  rendered: Rendered,
  { type, length, minConfidence, explain }: Asked,
  { model: { limits, decoding, calibration, gate }, modes }: Answering,
  { maxWords, longDocuments, windows }: Reading,
): { job: Job; prose: CutProse } {
  const whole = type === 'key-points' || longDocuments !== 'first';
  const cut = proseWithin(rendered, whole ? { words: maxWords } : { tokens: limits.sourceTokens });
  const prose = { title: cut.title, lines: cut.lines };
  if (type === 'key-points') {
    return { job: { kind: 'select', prose, most: KEY_POINTS[length] }, prose: cut };
  }
  const headline = type === 'headline';
  const most = headline ? HEADLINE_IDS[length] : limits.targetTokens;
  const job: Job = {
    kind: 'write',
    prose,
    reading: { longDocuments, windows },
    // No bundle has learnt headlines: they are short sentences, made shorter.
    mode: modes[headline ? 'short' : length],
    // `medium` is up to two sentences: one that is sure beats two that are not.
    fallback:
      type === 'tldr' && modes[length] !== modes.short
        ? { mode: modes.short, unless: { type, length, minConfidence, calibration } }
        : undefined,
    decoding: {
      beam: 1,
      lengthPenalty: 1,
      ...decoding,
      maxTokens: Math.min(most, limits.targetTokens),
    },
    surface: gate && surfaceOf(document),
    always: explain,
  };
  return { job, prose: cut };
}
