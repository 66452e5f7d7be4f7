import { z } from 'zod';
import { explanation } from './explanation.js';
import {
  flag,
  inputUse,
  modelName,
  reason,
  suggestionBody,
  suggestionLength,
  suggestionType,
} from './suggestion.js';

export const documentFormat = z
  .enum(['markdown', 'plain', 'html'])
  .describe(
    'How `text` is written. Offsets of sources in an html document are offsets in its extracted text.',
  );

export const documentInput = z
  .strictObject({
    text: z.string().describe('The whole document.'),
    title: z.string().max(1000).optional(),
    format: documentFormat.default('markdown'),
  })
  .meta({ id: 'Document', description: 'A document as its writer has it.' });

export const summaryOptions = z
  .strictObject({
    type: suggestionType.default('tldr'),
    length: suggestionLength.default('short'),
    minConfidence: z
      .number()
      .min(0)
      .max(1)
      .optional()
      .describe("Withhold suggestions below this confidence. Left out: the model's own threshold."),
    explain: z
      .boolean()
      .optional()
      .describe(
        'Say why: each feature with its part, and the rule that decided. Takes longer where the document is turned away.',
      ),
  })
  .meta({ id: 'SummaryOptions' });

/** The same options in an address, for bodies that have no room for them. */
export const summaryQuery = z.strictObject({
  type: suggestionType.default('tldr'),
  length: suggestionLength.default('short'),
  minConfidence: z.coerce.number().min(0).max(1).optional(),
  explain: flag.optional(),
});

export const summaryRequest = z
  .strictObject({
    document: documentInput,
    options: summaryOptions.prefault({}),
  })
  .meta({
    id: 'SummaryRequest',
    examples: [{ document: { text: '# Title\n\nText …' }, options: { length: 'short' } }],
  });

export const suggestion = z
  .object({ id: z.uuid().describe('Names this suggestion in feedback.'), ...suggestionBody.shape })
  .meta({ id: 'Suggestion' });

export const summary = z
  .object({
    suggestion: suggestion.nullable(),
    reason: reason.nullable(),
    documentType: z
      .string()
      .nullable()
      .describe('Kind of an unsuitable document, such as recipe; null otherwise.'),
    input: inputUse,
    model: modelName,
    documentHash: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .describe('SHA-256 of the normalised document: tells whether a kept summary is stale.'),
    explanation: explanation.optional().describe('Only when `explain` asked for it.'),
  })
  .meta({ id: 'Summary', description: 'A suggestion, or null and the reason why not.' });

export type DocumentInput = z.infer<typeof documentInput>;
export type SummaryOptions = z.infer<typeof summaryOptions>;
export type Summary = z.infer<typeof summary>;
