import { z } from 'zod';
import { fileFormats } from '../../documents/index.js';
import { flag, suggestionLength, suggestionType } from './suggestion.js';

/** The fields beside the file of an upload. */
export const uploadForm = z.strictObject({
  title: z.string().max(1000).optional(),
  format: z
    .enum(fileFormats)
    .optional()
    .describe('What the file is; left out, its bytes and its name tell.'),
  type: suggestionType.optional(),
  length: suggestionLength.optional(),
  minConfidence: z.coerce.number().min(0).max(1).optional(),
  explain: flag.optional(),
});

/** How the OpenAPI document describes the whole body. */
export const uploadBody = {
  type: 'object',
  required: ['file'],
  properties: {
    file: { type: 'string', contentMediaType: 'application/octet-stream' },
    ...z.toJSONSchema(uploadForm, { io: 'input', target: 'draft-2020-12' }).properties,
  },
  additionalProperties: false,
} as const;
