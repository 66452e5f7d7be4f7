import type { DocumentInput, Summary, SummaryOptions } from '../server/schemas/summaries.js';
import type { Suggester } from '../server/suggester.js';
import { documentHash, toDocument, toSummary } from '../server/summarise.js';
import type { Loaded } from './read.js';

export interface Answer {
  summary: Summary;
  diagnostics: unknown;
}

/** The service's answer for a document that was read from a file. */
export async function answerFile(
  model: Suggester,
  { document, hash }: Loaded,
  options: SummaryOptions,
): Promise<Answer> {
  const outcome = await model.suggest(document, options);
  return { summary: toSummary(outcome, hash), diagnostics: outcome.diagnostics };
}

/** The service's answer for a document that came as text in a row. */
export async function answerText(
  model: Suggester,
  input: DocumentInput,
  options: SummaryOptions,
): Promise<Answer> {
  const outcome = await model.suggest(toDocument(input), options);
  return { summary: toSummary(outcome, documentHash(input)), diagnostics: outcome.diagnostics };
}
