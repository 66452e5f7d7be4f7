import { createHash, randomUUID } from 'node:crypto';
import { type Identified, identityOf, wellFormed } from '../documents/identity.js';
import { type Document, readMarkdown, readPlain } from '../documents/index.js';
import { invalidField } from './errors.js';
import type { DocumentInput, Summary, SummaryOptions } from './schemas/summaries.js';
import type { Outcome, Suggester } from './suggester.js';

export const formats = ['markdown', 'plain'] as const;

/** @throws ServiceError 422 when the model does not write such a summary. */
export function checkAvailable(suggester: Suggester, { type, length }: SummaryOptions): void {
  const { types } = suggester.info();
  const lengths = types[type];
  if (!lengths) throw unavailable('options.type', type, Object.keys(types));
  if (!lengths.includes(length)) throw unavailable('options.length', length, lengths);
}

/** The API's answer; each has a suggestion id of its own. */
export function toSummary(outcome: Outcome, hash: string): Summary {
  const { suggestion, reason, documentType, input, model, explanation } = outcome;
  return {
    suggestion: suggestion && {
      id: randomUUID(),
      ...suggestion,
      sources: suggestion.sources.map((source) => ({ ...source, text: wellFormed(source.text) })),
    },
    reason,
    documentType,
    input,
    model,
    documentHash: hash,
    ...(explanation ? { explanation } : {}),
  };
}

/** Markdown or plain text as a document; other formats need a parser (`source.ts`). */
export function toDocument({ text, title, format }: DocumentInput): Document {
  switch (format) {
    case 'markdown':
      return readMarkdown(text, { title });
    case 'plain':
      return readPlain(text, { title });
    default:
      throw unavailable('document.format', format, formats);
  }
}

/** SHA-256 of `identityOf` the document. */
export function documentHash(document: Identified): string {
  return createHash('sha256').update(identityOf(document)).digest('hex');
}

function unavailable(field: string, value: string, available: readonly string[]) {
  const names = available.join(', ');
  return invalidField(
    field,
    `one of ${names}`,
    `${value} is not available yet; available: ${names}`,
  );
}
