import type { Candidate, Draft } from './draft.js';
import { isFinished } from './finished.js';
import { confidenceIn } from './gate/confidence.js';
import { type Found, featuresOf } from './gate/features.js';
import type { GateWeights } from './gate/weights.js';
import { HEADLINE_WORDS, headline } from './headline.js';
import { sentences } from './sentences.js';
import type { FeaturePart, Reason, SuggestionLength, SuggestionType } from './suggestion.js';
import type { Calibration, Prose } from './types.js';

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

export interface GateOptions {
  /** The plain gate, which counts while a bundle has no better one. */
  calibration: Calibration;
  /** What the bundle's gate learned. */
  gate?: GateWeights | undefined;
  /** 0..1; the bundle's own threshold when undefined. */
  minConfidence?: number | undefined;
  /** `tldr` when undefined. */
  type?: SuggestionType | undefined;
  length: SuggestionLength;
  prose: Prose;
}

/** What a hypothesis was found to be: text to show with its confidence, or the first reason not to. */
export interface Verdict extends Found {
  candidate: Candidate;
  text: string;
  confidence: number;
  /** Least confidence that was asked for. */
  threshold: number;
  contributions: FeaturePart[];
  /** Finished and grounded, whatever its confidence. */
  fit: boolean;
  reason: Reason | null;
}

/**
 * The surest of the candidates that are fit to be shown; by the plain gate, whose confidence knows only
 * the decoder's own, the first one that may be shown. When none is, the best one with its reason. Nothing
 * when the model wrote nothing. Whether the document is suitable was decided before.
 */
export function decideDraft(draft: Draft, options: GateOptions): Verdict | undefined {
  if (!options.gate?.confidence) return firstFit(draft, options);
  const verdicts = draft.candidates.map((candidate) => judge(candidate, draft, options));
  const fit = verdicts.filter((verdict) => verdict.fit);
  let surest: Verdict | undefined;
  for (const verdict of fit.length > 0 ? fit : verdicts) {
    if (!surest || verdict.confidence > surest.confidence) surest = verdict;
  }
  return surest;
}

function firstFit(draft: Draft, options: GateOptions): Verdict | undefined {
  let first: Verdict | undefined;
  for (const candidate of draft.candidates) {
    const verdict = judge(candidate, draft, options);
    if (!verdict.reason) return verdict;
    first ??= verdict;
  }
  return first;
}

/** Judges one hypothesis: low_confidence, unfinished, not_grounded, in this order. */
export function judge(candidate: Candidate, draft: Draft, options: GateOptions): Verdict {
  const isHeadline = options.type === 'headline';
  const most = isHeadline || options.length === 'short' ? 1 : 2;
  const prose = firstSentences(unlabelled(candidate.text.trim()), most);
  const finished = candidate.ended && isFinished(prose);
  const short = isHeadline ? headline(prose, HEADLINE_WORDS[options.length]) : prose;
  const text = short ?? prose;
  const { positions, tokens, truncated, assessment } = draft;
  const rest = { prose: options.prose, positions, tokens, truncated, assessment };
  const found = featuresOf({
    text,
    candidate,
    runnerUp: runnerUp(candidate, draft),
    written: draft.candidates,
    ...rest,
  });
  const { confidence, threshold, contributions } = confidenceIn(
    found.features,
    options.calibration,
    options.gate,
  );
  const least = options.minConfidence ?? threshold;
  let fault: Reason | null = null;
  if (!finished || short === null) fault = 'unfinished';
  else if (found.ungrounded.length > 0) fault = 'not_grounded';
  // Not `confidence < least`: a NaN from a broken model must not pass.
  const reason = confidence >= least ? fault : 'low_confidence';
  const fit = fault === null;
  return { ...found, candidate, text, confidence, threshold: least, contributions, fit, reason };
}

/** Where the document had its summary already, the decoder may copy the label with it. */
function unlabelled(text: string): string {
  const bare = text.replace(/^(?:TL;?DR|Summary|Abstract|In short)\s*[:\u2013\u2014-]\s+/i, '');
  return bare === text ? text : bare.charAt(0).toUpperCase() + bare.slice(1);
}

/** Score of the best other hypothesis of the same search. */
function runnerUp(candidate: Candidate, { candidates }: Draft): number | null {
  const others = candidates.filter(
    (other) =>
      other !== candidate &&
      other.mode === candidate.mode &&
      other.seam === candidate.seam &&
      other.kept === candidate.kept,
  );
  return others.length > 0 ? Math.max(...others.map(({ score }) => score)) : null;
}

/** `short` promises one sentence and `medium` one or two, whatever the decoder wrote. */
function firstSentences(text: string, most: number): string {
  const found = sentences(text);
  const last = found[most - 1];
  return found.length > most && last ? text.slice(0, last.end) : text;
}
