import { z } from 'zod';
import { readMarkdown, readPlain, renderText } from '../../documents/index.js';
import { readRows } from './lines.js';

export const lengths = ['short', 'medium'] as const;
export type Length = (typeof lengths)[number];

/** A document of a set, with what is known of it; what `python -m distill documents` writes. */
export const documentRow = z.object({
  id: z.coerce.string(),
  text: z.string(),
  title: z.string().nullish(),
  format: z.enum(['markdown', 'plain']).default('markdown'),
  /** Whether it should get a suggestion; taken for granted where nobody says. */
  suitable: z.boolean().default(true),
  kind: z.string().default('unknown'),
  source: z.string().default('unknown'),
  references: z.object({ short: z.string().optional(), medium: z.string().optional() }).default({}),
});

/** A document as the model reads it. */
export interface EvaluationDocument {
  id: string;
  suitable: boolean;
  kind: string;
  source: string;
  references: Partial<Record<Length, string>>;
  lines: string[];
  /** Title and lines: what a suggestion may speak of. */
  prose: string;
  words: number;
}

export function readDocuments(path: string): EvaluationDocument[] {
  return readRows(path, documentRow).map(({ text, title, format, references, ...known }) => {
    const read = format === 'markdown' ? readMarkdown : readPlain;
    const rendered = renderText(read(text, title ? { title } : {}));
    const lines = rendered.text.split('\n');
    const words = rendered.text.split(/\s+/).filter(Boolean).length;
    const given = Object.entries(references).filter(([, reference]) => reference);
    const prose = `${rendered.title ?? ''}\n${rendered.text}`;
    return { ...known, references: Object.fromEntries(given), lines, prose, words };
  });
}
