import { isFinished } from './finished.js';
import { ungrounded } from './grounding.js';
import { HEADLINE_WORDS, headline } from './headline.js';
import { sentences } from './sentences.js';
import type { Diagnostics, Reason, SuggestionLength, SuggestionType } from './suggestion.js';
import type { Calibration } from './types.js';

/** A document of fewer words is its own summary. */
export const LEAST_WORDS = 20;
/** Words are counted no further than this many characters, so that any document costs the same. */
const COUNTED_CHARACTERS = 4000;

const words = new Intl.Segmenter('en', { granularity: 'word' });

/** Languages a bundle summarises, and what the text's language is: ISO 639-1, '' when unsure. */
export interface LanguageCheck {
  supported: readonly string[];
  detect(text: string): string;
}

/** Why a document is turned away before the model reads it, or null. */
export function documentReason(text: string, language: LanguageCheck): Reason | null {
  if (!/[\p{L}\p{N}]/u.test(text)) return 'empty';
  if (!hasWords(text.slice(0, COUNTED_CHARACTERS), LEAST_WORDS)) return 'too_short';
  const detected = language.detect(text);
  if (detected !== '' && !language.supported.includes(detected)) return 'unsupported_language';
  return null;
}

function hasWords(text: string, least: number): boolean {
  let count = 0;
  for (const { isWordLike } of words.segment(text)) {
    if (isWordLike && ++count >= least) return true;
  }
  return false;
}

/** Calibrated probability of acceptance: logistic in the mean log-probability of a written id. */
export function confidenceOf(meanLogProb: number, { a, b }: Calibration): number {
  return 1 / (1 + Math.exp(-(a * meanLogProb + b)));
}

/** Least confidence at which the bundle wants a suggestion to be shown. */
export function defaultThreshold(calibration: Calibration): number {
  return confidenceOf(calibration.threshold, calibration);
}

/** What a hypothesis was found to be: text to show with its confidence, or the first reason not to. */
export interface Verdict {
  text: string;
  confidence: number;
  reason: Reason | null;
  ungrounded: string[];
}

export interface GateOptions {
  calibration: Calibration;
  /** 0..1; the bundle's own threshold when undefined. */
  minConfidence?: number | undefined;
  /** `tldr` when undefined. */
  type?: SuggestionType | undefined;
  length: SuggestionLength;
  /** Everything the document says, title included. */
  document: string;
}

/** Judges one hypothesis: low_confidence, unfinished, not_grounded, in this order. */
export function judge(
  candidate: { text: string; ended: boolean },
  statistics: Pick<Diagnostics, 'meanLogProb'>,
  options: GateOptions,
): Verdict {
  const confidence = confidenceOf(statistics.meanLogProb, options.calibration);
  const least = options.minConfidence ?? defaultThreshold(options.calibration);
  const isHeadline = options.type === 'headline';
  const most = isHeadline || options.length === 'short' ? 1 : 2;
  const prose = firstSentences(candidate.text.trim(), most);
  const finished = candidate.ended && isFinished(prose);
  const short = isHeadline ? headline(prose, HEADLINE_WORDS[options.length]) : prose;
  const text = short ?? prose;
  const missing = ungrounded(text, options.document);
  let reason: Reason | null = null;
  // Not `confidence < least`: a NaN from a broken model must not pass.
  if (!(confidence >= least)) reason = 'low_confidence';
  else if (!finished || short === null) reason = 'unfinished';
  else if (missing.length > 0) reason = 'not_grounded';
  return { text, confidence, reason, ungrounded: missing };
}

/** `short` promises one sentence and `medium` one or two, whatever the decoder wrote. */
function firstSentences(text: string, most: number): string {
  const found = sentences(text);
  const last = found[most - 1];
  return found.length > most && last ? text.slice(0, last.end) : text;
}
