import { z } from 'zod';

/** Headers of a request for a suggestion. */
export const suggestHeaders = z.looseObject({
  prefer: z
    .string()
    .optional()
    .describe('`wait=N`: give up with 503 `timeout` after N seconds (RFC 7240).'),
  'if-none-match': z.string().optional().describe('`ETag` of the answer that the client has.'),
});

export const unchanged = z.undefined().describe('The answer is still the one you have.');
