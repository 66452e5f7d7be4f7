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
  { type, length, explain }: Asked,
  { model: { limits, decoding, gate }, modes }: Answering,
  { maxWords, longDocuments, windows }: Reading,
): { job: Job; prose: CutProse } {
  const whole = type === 'key-points' || longDocuments !== 'first';
  const cut = proseWithin(rendered, whole ? { words: maxWords } : { tokens: limits.sourceTokens });
  const prose = { title: cut.title, lines: cut.lines };
  if (type === 'key-points') {
    return { job: { kind: 'select', prose, most: KEY_POINTS[length] }, prose: cut };
  }
  const headline = type === 'headline';
  const { seamCosts = [0], kept, ...rest } = decoding;
  const most = headline ? HEADLINE_IDS[length] : limits.targetTokens;
  const job: Job = {
    kind: 'write',
    prose,
    reading: { longDocuments, windows },
    searches: startsOf(type, modes).flatMap((mode) => seamCosts.map((seam) => ({ mode, seam }))),
    kept,
    decoding: {
      beam: 1,
      lengthPenalty: 1,
      ...rest,
      maxTokens: Math.min(most, limits.targetTokens),
    },
    surface: gate && surfaceOf(document),
    always: explain,
  };
  return { job, prose: cut };
}

/**
 * Start ids to write from. Both lengths choose among the texts of both: one sure sentence beats two that are
 * not, and a dense sentence may be the best short one. No bundle has learnt headlines: they are short
 * sentences, made shorter.
 */
function startsOf(type: Asked['type'], { short, medium }: Answering['modes']): number[] {
  return type === 'headline' ? [short] : [...new Set([short, medium])];
}
