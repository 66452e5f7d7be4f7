import { z } from 'zod';
import { suggestionLength, suggestionType } from './suggestion.js';
import { documentFormat } from './summaries.js';

export const info = z
  .object({
    service: z.object({ name: z.string(), version: z.string() }),
    model: z.object({
      name: z.string(),
      version: z.string(),
      created: z.string(),
      licence: z.string(),
      languages: z.array(z.string()).describe('ISO 639-1 codes.'),
    }),
    types: z
      .partialRecord(suggestionType, z.array(suggestionLength))
      .describe('What can be asked for: each type with its lengths.'),
    formats: z.array(documentFormat),
    limits: z.object({
      sourceTokens: z.int().describe('Tokens of a document that the model reads.'),
      bodyBytes: z.int().describe('Bytes of a request body.'),
    }),
  })
  .meta({ id: 'Info' });

export type Info = z.infer<typeof info>;
