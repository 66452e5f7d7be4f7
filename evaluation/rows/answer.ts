import { z } from 'zod';
import { readRows } from './lines.js';

const diagnostics = z.looseObject({
  candidate: z.string(),
  meanLogProb: z.number(),
  /** Calibrated confidence, shown or not, where the runtime writes it. */
  confidence: z.number().optional(),
});

/** A line of `precis batch`. */
const answerRow = z.union([
  z.object({ id: z.coerce.string(), error: z.object({ code: z.string(), message: z.string() }) }),
  z.object({
    id: z.coerce.string(),
    suggestion: z.object({ text: z.string(), confidence: z.number() }).nullable(),
    reason: z.string().nullable(),
    documentType: z.string().nullish(),
    model: z.object({ name: z.string(), version: z.string() }),
    diagnostics: diagnostics.nullish(),
  }),
]);

/** What the runtime answered to one document. */
export interface Answer {
  id: string;
  shown: boolean;
  reason: string | null;
  documentType: string | null;
  /** What was written, shown or not; null where the document was turned away unread. */
  text: string | null;
  /** Calibrated probability of acceptance; null where nothing was written or nobody says. */
  confidence: number | null;
  meanLogProb: number | null;
  model: { name: string; version: string };
}

/** Confidence of a mean log-probability, for runtimes that write confidence only with what is shown. */
export type Fallback = ((meanLogProb: number) => number) | undefined;

/** Answers by document id; documents that could not be read are left out and counted by the caller. */
export function readAnswers(path: string, fallback?: Fallback): Map<string, Answer> {
  const answers = new Map<string, Answer>();
  for (const row of readRows(path, answerRow)) {
    if ('error' in row) continue;
    const { id, suggestion, reason, documentType, model, diagnostics: notes } = row;
    const meanLogProb = notes?.meanLogProb ?? null;
    const said = notes?.confidence ?? suggestion?.confidence;
    const confidence = said ?? (meanLogProb === null ? null : (fallback?.(meanLogProb) ?? null));
    // A suggestion is set in the source's typography; it is the text a reader judges.
    const text = suggestion?.text ?? notes?.candidate ?? null;
    answers.set(id, {
      id,
      shown: suggestion !== null,
      reason,
      documentType: documentType ?? null,
      text,
      confidence,
      meanLogProb,
      model,
    });
  }
  return answers;
}

/** Whether the gate refused for a reason that no confidence overrules. */
export function refusedByRule({ reason }: Answer): boolean {
  return reason !== null && reason !== 'low_confidence';
}
