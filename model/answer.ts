import type { Document } from '../documents/document.js';
import { type Rendered, sourceRange } from '../documents/render.js';
import {
  type Candidate,
  type Draft,
  judge,
  type Reason,
  type Source,
  type SuggestResult,
  sourceSentences,
  statisticsOf,
} from './core/index.js';
import type { Manifest } from './manifest.js';
import type { checkOptions } from './options.js';
import type { CutProse } from './prose.js';

/** A document and what the model wrote about it. */
export interface Drafted {
  document: Document;
  rendered: Rendered;
  prose: CutProse;
  draft: Draft;
}

/** The answer to a document that the model never read. */
export function turnedAway(reason: Reason, { name, version, limits }: Manifest): SuggestResult {
  return {
    suggestion: null,
    reason,
    documentType: null,
    input: { tokens: 0, limit: limits.sourceTokens, truncated: false },
    model: { name, version },
    diagnostics: null,
  };
}

/** The best candidate that passes the gate; the best one's reason when none does. */
export function decide(
  drafted: Drafted,
  asked: ReturnType<typeof checkOptions>,
  manifest: Manifest,
): SuggestResult {
  const { rendered, prose, draft } = drafted;
  const { calibration } = manifest;
  const text = `${rendered.title ?? ''}\n${rendered.text}`;
  const judged = draft.candidates.map((candidate) => {
    const statistics = statisticsOf(candidate);
    const verdict = judge(candidate, statistics, { ...asked, calibration, document: text });
    return { candidate, statistics, verdict };
  });
  const chosen = judged.find(({ verdict }) => verdict.reason === null) ?? judged[0];
  const nothing = turnedAway(chosen?.verdict.reason ?? 'unfinished', manifest);
  const input = {
    ...nothing.input,
    tokens: draft.ids.length,
    truncated: draft.truncated || prose.more,
  };
  if (!chosen) return { ...nothing, input };

  const [best, second] = draft.candidates;
  const { candidate, statistics, verdict } = chosen;
  const diagnostics = {
    ...statistics,
    margin: best && second ? best.score - second.score : null,
    candidate: verdict.text,
    ungrounded: verdict.ungrounded,
  };
  if (verdict.reason) return { ...nothing, input, diagnostics };
  const suggestion = {
    text: verdict.text,
    type: asked.type,
    confidence: verdict.confidence,
    sources: sourcesOf(drafted, candidate),
  };
  return { ...nothing, suggestion, reason: null, input, diagnostics };
}

/** The sentences a candidate was copied from, as ranges of the caller's own text. */
function sourcesOf({ document, rendered, prose, draft }: Drafted, candidate: Candidate): Source[] {
  return sourceSentences(candidate.mass, draft.positions, prose.lines).flatMap((sentence) => {
    const line = rendered.lines[sentence.line];
    if (!line) return [];
    const range = sourceRange(rendered, line.start + sentence.start, line.start + sentence.end);
    return range ? [{ ...range, text: document.source.slice(range.start, range.end) }] : [];
  });
}
