import { z } from 'zod';

const body = (code: z.ZodType<string>, details?: z.ZodType) =>
  z.object({
    error: z.object({
      code,
      message: z.string(),
      ...(details ? { details } : {}),
    }),
    requestId: z.string(),
  });

export const problem = z.object({
  field: z.string().describe('Path of the field, such as `document.text`; empty for the body.'),
  expected: z.string(),
  message: z.string(),
});

export const quota = z.object({
  requested: z.int().nullable().describe('Bytes sent; null when the request did not say.'),
  quota: z.int().describe('Bytes allowed.'),
});

const plain = body(z.string()).meta({ id: 'Error' });
const tooLarge = body(z.literal('too_large'), quota).meta({ id: 'TooLargeError' });
const invalid = body(z.literal('invalid'), z.array(problem)).meta({ id: 'InvalidError' });

/** Answers that any route with a body may give. */
export const bodyErrors = {
  400: plain.describe('The body is not JSON.'),
  413: tooLarge,
  415: plain.describe('The body is of another type than application/json.'),
  422: invalid,
};

/** Answers that any route behind a key may give. */
const keyErrors = {
  401: plain.describe('No valid API key, where keys are asked for.'),
  403: plain.describe('The API key lacks the scope of this route.'),
};

/** Answers that any route with the feedback database may give. */
export const databaseErrors = {
  ...keyErrors,
  429: plain.describe('The requests of this API key are used up: see `Retry-After`.'),
  500: plain.describe('A fault of the service; `requestId` finds it in the log.'),
  503: plain.describe('`feedback_unavailable`: nothing was stored, try again; or `draining`.'),
};

/** Answers that any route running the model may give. */
export const modelErrors = {
  ...keyErrors,
  429: plain.describe(
    'Too many documents are waiting (`busy`), or the API key is used up (`rate_limited`, `quota_exceeded`): try again after `Retry-After` seconds.',
  ),
  500: plain.describe('A fault of the service; `requestId` finds it in the log.'),
  503: plain.describe('`loading`, `draining` or `timeout`: try again later, or elsewhere.'),
};

export type Problem = z.infer<typeof problem>;
export type Quota = z.infer<typeof quota>;
