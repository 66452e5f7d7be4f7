import { z } from 'zod';
import { modelName, suggestionLength, suggestionType } from './suggestion.js';

export const action = z
  .enum(['accepted', 'edited', 'dismissed'])
  .describe('What the writer did: took it as it was, took it and changed it, or sent it away.');

export const feedbackRequest = z
  .strictObject({
    suggestionId: z.uuid().describe('`suggestion.id` of the answer.'),
    action,
    text: z
      .string()
      .max(2000)
      .optional()
      .describe('What an edited suggestion became. Kept only if the operator stores texts.'),
  })
  .meta({ id: 'FeedbackRequest' });

export const feedbackHeaders = z.looseObject({
  'idempotency-key': z
    .string()
    .min(1)
    .max(200)
    .optional()
    .describe('Requests with the same key and body are stored once; retry with it at will.'),
});

export const feedbackReceipt = z
  .object({ suggestionId: z.uuid(), action })
  .meta({ id: 'Feedback', description: 'Stored: it survives a crash of the service.' });

const counts = {
  shown: z.int().describe('Suggestions shown.'),
  accepted: z.int(),
  edited: z.int(),
  dismissed: z.int(),
  acceptance: z
    .number()
    .nullable()
    .describe('Share accepted or edited of those with feedback; null without any.'),
};

export const reportQuery = z.strictObject({
  days: z.coerce.number().int().min(1).max(3650).default(30).describe('How far back.'),
});

export const feedbackReport = z
  .object({
    days: z.int(),
    total: z.object(counts),
    byConfidence: z
      .array(z.object({ from: z.number(), to: z.number(), ...counts }))
      .describe('Tenths of confidence that had suggestions.'),
    byKind: z.array(z.object({ type: suggestionType, length: suggestionLength, ...counts })),
    byModel: z.array(z.object({ model: modelName, ...counts })),
    byDay: z.array(z.object({ day: z.iso.date(), ...counts })).describe('Days in UTC.'),
    unmatched: z.int().describe('Suggestions with feedback that are not on record.'),
  })
  .meta({ id: 'FeedbackReport' });

export const eraseQuery = z.strictObject({
  documentHash: z
    .string()
    .regex(/^[0-9a-f]{64}$/, 'must be 64 hexadecimal digits')
    .describe('`documentHash` of an answer.'),
});

export const erased = z
  .object({ suggestions: z.int(), feedback: z.int() })
  .meta({ id: 'Erased', description: 'How many records were deleted.' });

export const exportQuery = z.strictObject({
  days: z.coerce.number().int().min(1).max(3650).default(3650).describe('How far back.'),
});

export const feedbackLine = z
  .looseObject({
    id: z.uuid(),
    verdict: z.enum(['accept', 'edit', 'dismiss']),
    confidence: z.number(),
    model: modelName,
    documentHash: z.string(),
  })
  .meta({
    id: 'FeedbackLine',
    description: 'The latest feedback on a suggestion, with the numbers behind its confidence.',
  });

export type FeedbackRequest = z.infer<typeof feedbackRequest>;
export type FeedbackReceipt = z.infer<typeof feedbackReceipt>;
