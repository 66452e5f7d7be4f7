import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { z } from 'zod';
import { BundleError } from '../errors.js';

/**
 * A sequence-to-sequence model as `@huggingface/transformers` reads it: `config.json`, the tokenizer's
 * files and `onnx/`. What precis cannot know about it stands in a `precis.json` beside them.
 */
export interface HuggingFaceFolder {
  path: string;
  settings: Settings;
}

const count = z.int().positive();

/** `precis.json`; every field may be left out. */
const settingsSchema = z.strictObject({
  name: z.string().min(1).optional(),
  version: z.string().min(1).default('unknown'),
  created: z.string().min(1).default('unknown'),
  licence: z.string().min(1).default('unknown'),
  /** ISO 639-1 codes of the languages it summarises. */
  languages: z.array(z.string().length(2)).min(1).default(['en']),
  /** Which of the graphs in `onnx/`: `q8` is `…_quantized.onnx`, `fp32` the plain name. */
  dtype: z.enum(['q8', 'fp32', 'fp16', 'int8', 'uint8', 'q4']).default('q8'),
  /** Written in front of every document: T5 wants `summarize: `. */
  prefix: z.string().default(''),
  limits: z
    .strictObject({ sourceTokens: count.min(8), targetTokens: count.min(2) })
    .partial()
    .default({}),
  decoding: z
    .strictObject({ noRepeatNgram: z.int().min(0), minTokens: z.int().min(0) })
    .partial()
    .default({}),
  /** Until somebody calibrates it, the model's confidence is only as good as its likelihood. */
  calibration: z
    .strictObject({
      kind: z.literal('mean-log-probability'),
      threshold: z.number(),
      a: z.number(),
      b: z.number(),
    })
    .default({ kind: 'mean-log-probability', threshold: -0.6, a: 4, b: 3 }),
});
type Settings = Omit<z.infer<typeof settingsSchema>, 'name' | 'limits' | 'decoding'> & {
  name: string;
  limits: { sourceTokens: number; targetTokens: number };
  decoding: { noRepeatNgram: number; minTokens: number };
  architecture: { kind: string };
};

const configSchema = z.looseObject({
  model_type: z.string(),
  is_encoder_decoder: z.literal(true),
  max_position_embeddings: count.optional(),
  n_positions: count.optional(),
});

/** Whether a folder holds such a model rather than a bundle of our own. */
export function isHuggingFace(folder: string): boolean {
  return !existsSync(join(folder, 'manifest.json')) && existsSync(join(folder, 'config.json'));
}

/** @throws BundleError naming the file that is missing or cannot be used. */
export async function readFolder(folder: string): Promise<HuggingFaceFolder> {
  const path = resolve(folder);
  const config = await read(join(path, 'config.json'), configSchema);
  const file = join(path, 'precis.json');
  const given = existsSync(file) ? await read(file, settingsSchema) : settingsSchema.parse({});
  const suffix = { q8: '_quantized', fp32: '' }[given.dtype as string] ?? `_${given.dtype}`;
  for (const graph of ['encoder_model', 'decoder_model_merged']) {
    const onnx = join(path, 'onnx', `${graph}${suffix}.onnx`);
    if (existsSync(onnx)) continue;
    throw new BundleError(
      onnx,
      'is missing',
      'Export the model (optimum-cli export onnx), or name another dtype in precis.json',
    );
  }
  const longest = config.max_position_embeddings ?? config.n_positions ?? 512;
  return {
    path,
    settings: {
      ...given,
      name: given.name ?? basename(path),
      limits: {
        sourceTokens: given.limits.sourceTokens ?? Math.min(longest, 1024),
        targetTokens: given.limits.targetTokens ?? 64,
      },
      decoding: {
        noRepeatNgram: given.decoding.noRepeatNgram ?? 3,
        minTokens: given.decoding.minTokens ?? 0,
      },
      architecture: { kind: config.model_type },
    },
  };
}

async function read<S extends z.ZodType>(file: string, schema: S): Promise<z.infer<S>> {
  let json: unknown;
  try {
    json = JSON.parse(await readFile(file, 'utf8'));
  } catch (cause) {
    const advice = 'Give the folder of a sequence-to-sequence ONNX model';
    throw new BundleError(file, 'cannot be read as JSON', advice, { cause });
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return parsed.data;
  const problem = z.prettifyError(parsed.error).replaceAll('\n', ' ');
  throw new BundleError(file, `does not fit: ${problem}`, 'See model/README.md');
}
