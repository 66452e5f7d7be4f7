import { createHash, randomUUID } from 'node:crypto';
import { type Document, readMarkdown, readPlain } from '../documents/index.js';
import { invalid } from './errors.js';
import type { DocumentInput, Summary, SummaryOptions } from './schemas/summaries.js';
import type { Suggester } from './suggester.js';

export const formats = ['markdown', 'plain'] as const;

/** Runs the model on a validated request and gives the API's answer, beside the model's diagnostics. */
export async function summarise(
  suggester: Suggester,
  input: DocumentInput,
  options: SummaryOptions,
  signal?: AbortSignal,
): Promise<{ summary: Summary; diagnostics: unknown }> {
  const { types } = suggester.info();
  const lengths = types[options.type];
  if (!lengths) throw unavailable('options.type', options.type, Object.keys(types));
  if (!lengths.includes(options.length)) {
    throw unavailable('options.length', options.length, lengths);
  }
  const outcome = await suggester.suggest(toDocument(input), { ...options, signal });
  const { suggestion, reason, documentType } = outcome;
  const summary: Summary = {
    suggestion: suggestion && {
      id: randomUUID(),
      ...suggestion,
      sources: suggestion.sources.map((source) => ({ ...source, text: wellFormed(source.text) })),
    },
    reason,
    documentType,
    input: outcome.input,
    model: outcome.model,
    documentHash: documentHash(input),
  };
  return { summary, diagnostics: outcome.diagnostics };
}

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

/** SHA-256 over `[format, title, text]` as JSON, line ends as \n, lone surrogates replaced, NFC. */
export function documentHash({ text, title, format }: DocumentInput): string {
  const normal = (s: string) => wellFormed(s.replace(/\r\n?/g, '\n')).normalize('NFC');
  const parts = [format, title === undefined ? null : normal(title), normal(text)];
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}

/** Lone surrogates become U+FFFD, one for one. */
const wellFormed = (text: string) => Buffer.from(text).toString();

function unavailable(field: string, value: string, available: readonly string[]) {
  const expected = `one of ${available.join(', ')}`;
  return invalid([
    {
      field,
      expected,
      message: `${value} is not available yet; available: ${available.join(', ')}`,
    },
  ]);
}
