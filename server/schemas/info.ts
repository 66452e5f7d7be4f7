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
    }),
    types: z.array(suggestionType),
    lengths: z.array(suggestionLength),
    formats: z.array(documentFormat),
    limits: z.object({
      sourceTokens: z.int().describe('Tokens of a document that the model reads.'),
      bodyBytes: z.int().describe('Bytes of a request body.'),
    }),
  })
  .meta({ id: 'Info' });

export type Info = z.infer<typeof info>;
