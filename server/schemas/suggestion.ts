import { z } from 'zod';

export const suggestionType = z
  .enum(['tldr', 'headline', 'key-points'])
  .describe(
    "tldr: the document in one (short) or up to two (medium) sentences. A model that can't write a type answers 422 and names those it can.",
  );

export const suggestionLength = z
  .enum(['short', 'medium'])
  .describe('short: one sentence; medium: up to two.');

export const reason = z
  .enum([
    'empty',
    'too_short',
    'unsupported_language',
    'unsuitable_document',
    'low_confidence',
    'not_grounded',
    'unfinished',
  ])
  .describe('Why nothing is suggested.');

export const source = z
  .object({
    start: z.int().nonnegative().describe('First UTF-16 code unit in `document.text`.'),
    end: z.int().nonnegative().describe('End, exclusive.'),
    text: z.string(),
  })
  .describe("A passage of the caller's own text that the suggestion was written from.");

export const suggestionBody = z.object({
  text: z.string(),
  type: suggestionType,
  confidence: z
    .number()
    .min(0)
    .max(1)
    .describe('Calibrated probability that a reader accepts the suggestion.'),
  sources: z.array(source),
});

export const inputUse = z.object({
  tokens: z.int().nonnegative().describe('Tokens of the document that the model read.'),
  limit: z.int().positive().describe('Tokens that the model can read at most.'),
  truncated: z.boolean().describe('Whether the document is longer than that.'),
});

/** A boolean in an address or a form, where everything is text. */
export const flag = z.enum(['true', 'false']).transform((value) => value === 'true');

export const modelName = z.object({ name: z.string(), version: z.string() });

export type SuggestionType = z.infer<typeof suggestionType>;
export type SuggestionLength = z.infer<typeof suggestionLength>;
export type Reason = z.infer<typeof reason>;
