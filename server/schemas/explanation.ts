import { z } from 'zod';

const probability = z.number().min(0).max(1);
const threshold = probability.describe('The least that is needed.');

const featurePart = z
  .object({
    name: z.string(),
    value: z.number(),
    contribution: z.number().describe('What it adds to the log-odds.'),
  })
  .meta({ id: 'FeaturePart' });

export const explanation = z
  .object({
    rule: z.string().describe('The rule that decided, in words.'),
    suitability: z
      .object({
        probability: probability.describe('That the document is prose worth a summary.'),
        threshold,
        distance: z
          .number()
          .describe('Of the encoder state from training documents; about 1 is usual.'),
        kinds: z.array(z.object({ kind: z.string(), probability })),
        features: z.array(featurePart),
      })
      .nullable(),
    confidence: z.object({ probability, threshold, features: z.array(featurePart) }).nullable(),
    ungrounded: z
      .array(z.string())
      .describe('Names, numbers and quoted terms of the draft that the document does not have.'),
    flips: z.array(z.string()).describe('Signs that the draft says the opposite of its sources.'),
  })
  .meta({ id: 'Explanation', description: 'Why there is a suggestion, or none.' });
