import { z } from 'zod';

const column = z.strictObject({
  name: z.string(),
  mean: z.number(),
  scale: z.number().positive(),
  weight: z.number(),
});

/** Share of the good pairs that a threshold keeps, and share of good ones among the kept. */
export const operatingPoint = z.strictObject({
  rows: z.int(),
  good: z.int(),
  kept: z.int(),
  precision: z.number(),
  recall: z.number(),
});
export type OperatingPoint = z.infer<typeof operatingPoint>;

const figures = z.record(
  z.string(),
  z.strictObject({ clean: operatingPoint, clean_and_loose: operatingPoint }),
);

/** `weights.json`: written by `precis-clean fit-quality`, read by the score. */
export const weights = z.strictObject({
  format: z.literal(1),
  version: z.string(),
  command: z.string(),
  trainedOn: z.strictObject({ rows: z.int(), good: z.int(), sources: z.int(), sha256: z.string() }),
  penalty: z.strictObject({ features: z.number(), grams: z.number() }),
  thresholds: z.strictObject({ clean: z.number(), loose: z.number() }),
  figures,
  bias: z.number(),
  features: z.array(column),
  /** Weight of each hashed n-gram bucket that is not 0. */
  grams: z.record(z.string(), z.number()),
});
export type Weights = z.infer<typeof weights>;
