import type { Document } from '../documents/document.js';
import { type Rendered, type RenderedLine, sourceRange } from '../documents/render.js';
import {
  type Diagnostics,
  type Draft,
  decideDraft,
  explain,
  type KeyPoints,
  type Reason,
  type Source,
  type SuggestResult,
  sourceSentences,
  type Verdict,
} from './core/index.js';
import type { Described } from './described.js';
import type { Asked } from './options.js';
import type { CutProse } from './prose.js';
import { inSourceTypography } from './typography.js';

/** A document and what the model wrote about it. */
export interface Drafted {
  document: Document;
  rendered: Rendered;
  prose: CutProse;
  draft: Draft;
}

/** The answer to a document that the model never read. */
export function turnedAway(
  reason: Reason,
  { name, version, limits }: Described,
  { explain: asked }: Pick<Asked, 'explain'>,
): SuggestResult {
  return {
    suggestion: null,
    reason,
    documentType: null,
    input: { tokens: 0, limit: limits.sourceTokens, truncated: false },
    model: { name, version },
    diagnostics: null,
    ...(asked ? { explanation: explain(reason, undefined, undefined, undefined) } : {}),
  };
}

/** The best candidate that passes the gate; the best one's reason when none does. */
export function decide(drafted: Drafted, asked: Asked, model: Described): SuggestResult {
  const { rendered, prose, draft } = drafted;
  const { assessment } = draft;
  const { calibration, gate } = model;
  const verdict = decideDraft(draft, { ...asked, calibration, gate, prose });
  const unsuitable = assessment?.suitable === false;
  const reason = unsuitable ? 'unsuitable_document' : verdict ? verdict.reason : 'unfinished';
  const nothing = {
    ...turnedAway('unfinished', model, { explain: false }),
    reason,
    documentType: unsuitable ? assessment.kind : null,
    diagnostics: verdict ? diagnosticsOf(verdict) : null,
    ...(assessment ? { distance: assessment.distance } : {}),
    ...(asked.explain ? { explanation: explain(reason, assessment, verdict, gate) } : {}),
  };
  const input = inputOf(nothing, draft, prose);
  if (reason || !verdict) return { ...nothing, input };
  const from = sourceSentences(verdict.candidate.mass, draft.positions, prose.lines);
  const suggestion = {
    text: inSourceTypography(verdict.text, linesOf(rendered, from), drafted.document.source),
    type: asked.type,
    confidence: verdict.confidence,
    sources: from.flatMap((sentence) => sourceOf(drafted.document, rendered, sentence) ?? []),
  };
  return { ...nothing, suggestion, input };
}

function diagnosticsOf({ features, text, ungrounded, flips, confidence, threshold }: Verdict) {
  const { meanLogProb, minLogProb, margin, entropy, copyShare, tokens, score } = features;
  const decoder = { meanLogProb, minLogProb, margin, entropy, copyShare, tokens, score };
  const judged = { candidate: text, ungrounded, flips, confidence, threshold };
  return {
    ...(decoder as Pick<Diagnostics, keyof typeof decoder>),
    ...features,
    ...judged,
  } as Diagnostics;
}

/** A document and the sentences chosen from it. */
export interface Chosen extends Omit<Drafted, 'draft'> {
  points: KeyPoints;
}

/**
 * The document's own sentences as key points, one a line. Their confidence is their mean centrality:
 * no probability of acceptance, since the bundle is calibrated on what it writes itself.
 */
export function chosen(
  { document, rendered, prose, points: { points, tokens } }: Chosen,
  asked: Asked,
  model: Described,
): SuggestResult {
  const nothing = turnedAway('unfinished', model, asked);
  const input = inputOf(nothing, { tokens, truncated: false }, prose);
  if (points.length === 0) return { ...nothing, input };
  const mean = points.reduce((sum, { centrality }) => sum + centrality, 0) / points.length;
  const confidence = Math.max(0, Math.min(1, mean));
  if (confidence < (asked.minConfidence ?? 0))
    return { ...nothing, reason: 'low_confidence', input };
  const written = points.map((point) => point.text).join('\n');
  const text = inSourceTypography(written, linesOf(rendered, points), document.source);
  const sources = points.flatMap((point) => sourceOf(document, rendered, point) ?? []);
  const suggestion = { text, type: asked.type, confidence, sources };
  return { ...nothing, suggestion, reason: null, input };
}

/** What was read; the limit is the document's when it was read in windows. */
function inputOf(
  { input }: SuggestResult,
  { tokens, truncated }: { tokens: number; truncated: boolean },
  { more }: CutProse,
): SuggestResult['input'] {
  return { limit: Math.max(input.limit, tokens), tokens, truncated: truncated || more };
}

/** The rendered lines some sentences stand in, each once. */
function linesOf({ lines }: Rendered, sentences: readonly { line: number }[]): RenderedLine[] {
  const numbers = new Set(sentences.map(({ line }) => line));
  return [...numbers].flatMap((line) => lines[line] ?? []);
}

/** A sentence as a range of the caller's own text. */
function sourceOf(
  document: Document,
  rendered: Rendered,
  sentence: { line: number; start: number; end: number },
): Source | undefined {
  const line = rendered.lines[sentence.line];
  if (!line) return undefined;
  const range = sourceRange(rendered, line.start + sentence.start, line.start + sentence.end);
  return range && { ...range, text: document.source.slice(range.start, range.end) };
}
