import { z } from 'zod';
import { feedbackReport, reportQuery } from './feedback.js';
import { modelName } from './suggestion.js';

const seconds = z.number().nullable();

const latency = z.object({
  count: z.int(),
  p50: seconds.describe('Median in seconds; null without any.'),
  p95: seconds,
});

const counts = z.array(z.object({ name: z.string(), count: z.int() }));

export const overviewQuery = reportQuery;

export const adminOverview = z
  .object({
    at: z.iso.datetime(),
    since: z.iso.datetime().describe('Start of the process: its counters count from here.'),
    state: z.enum(['loading', 'ready', 'draining']),
    model: modelName.nullable(),
    now: z.object({
      waiting: z.int().describe('Documents in the queue.'),
      waitingTokens: z.int(),
      running: z.int().describe('Documents at the model.'),
    }),
    outcomes: counts.describe('Answers by outcome: `shown`, or the reason for withholding.'),
    refused: counts.describe('Documents refused before the model, by code.'),
    cache: counts.describe('Look-ups in the cache: `hit`, `miss`.'),
    latency: z.object({
      answer: latency.describe('Requests for a suggestion, from their headers to the answer.'),
      queue: latency,
      model: latency,
    }),
    routes: z.array(
      z.object({
        route: z.string(),
        method: z.string(),
        errors: z.int().describe('Answers of 5xx and 429.'),
        ...latency.shape,
      }),
    ),
    minutes: z
      .array(
        z.object({
          at: z.iso.datetime().describe('End of the minute.'),
          requests: z.int(),
          errors: z.int(),
          p50: seconds,
          p95: seconds,
        }),
      )
      .describe('Requests for a suggestion in each of the last 180 minutes.'),
    feedback: feedbackReport.nullable().describe('Null while the database does not answer.'),
  })
  .meta({ id: 'AdminOverview' });
