import { z } from 'zod';

/** The format this code reads; see `docs/bundle.md`. */
export const FORMAT = 1;

const count = z.int().positive();
const id = z.int().nonnegative();

export const manifestSchema = z.object({
  format: z.literal(FORMAT),
  name: z.string().min(1),
  version: z.string().min(1),
  created: z.string().min(1),
  licence: z.string().min(1),
  card: z.string().min(1),
  /** ISO 639-1 codes; bundles without the field are English. */
  languages: z.array(z.string().length(2)).min(1).default(['en']),
  architecture: z.object({
    encoder: z.literal('transformer'),
    encoderLayers: count,
    decoder: z.literal('ssru'),
    decoderLayers: count,
    width: count,
    stateWidth: count,
    heads: count,
    copyWidth: count,
    vocabulary: count,
    topK: count,
  }),
  limits: z.object({ sourceTokens: z.int().min(8), targetTokens: z.int().min(2) }),
  tokens: z.object({
    pad: id,
    unk: id,
    bos: id,
    eos: id,
    mask: id,
    newline: id,
    title: id,
    short: id,
    medium: id,
    gap: id,
    author: id,
    headline: id,
  }),
  tokenizer: z.object({ kind: z.literal('sentencepiece'), file: z.string().min(1) }),
  files: z.record(
    z.string(),
    z.object({ sha256: z.string().regex(/^[0-9a-f]{64}$/), bytes: z.int().nonnegative() }),
  ),
  decoding: z.object({
    beam: z.int().min(1).max(64),
    lengthPenalty: z.number().min(0).max(4),
    noRepeatNgram: z.int().min(0),
    minTokens: z.int().min(0),
    /** Nats that a seam costs, one search of every document each; `model/core/seams.ts`. */
    seamCosts: z.array(z.number().min(0)).min(1).max(8).optional(),
    /** Sentences of the document that are candidates as they stand, `model/core/kept.ts`. */
    kept: z.int().min(0).max(16).optional(),
  }),
  calibration: z.object({
    kind: z.literal('mean-log-probability'),
    threshold: z.number(),
    a: z.number(),
    b: z.number(),
  }),
});

export type Manifest = z.infer<typeof manifestSchema>;
