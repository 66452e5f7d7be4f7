import {
  AutoModelForSeq2SeqLM,
  env,
  type PreTrainedModel,
  Tensor,
} from '@huggingface/transformers';
import { type Context, ensureGraphs } from './context.js';
import { type Figure, figure } from './figure.js';
import { randomIds, SOURCE, student, TARGET } from './student.js';
import { fastest } from './time.js';

/** A model of a known shape with random weights, on one thread. */
export async function loadRival({ graphs }: Context, name: string): Promise<PreTrainedModel> {
  env.allowRemoteModels = false;
  env.localModelPath = graphs;
  return AutoModelForSeq2SeqLM.from_pretrained(name, {
    dtype: 'q8',
    local_files_only: true,
    session_options: { intraOpNumThreads: 1, interOpNumThreads: 1 },
  });
}

/** Greedy summary of `TARGET` ids of a document of `SOURCE` ids. */
export function generate(model: PreTrainedModel): Promise<unknown> {
  const ids = BigInt64Array.from(randomIds(SOURCE, 50_000), BigInt);
  const shape = [1, SOURCE];
  return model.generate({
    inputs: new Tensor('int64', ids, shape),
    attention_mask: new Tensor('int64', new BigInt64Array(SOURCE).fill(1n), shape),
    max_new_tokens: TARGET,
    min_new_tokens: TARGET,
    do_sample: false,
    // biome-ignore lint/suspicious/noExplicitAny: the library types every setting as required.
  } as any);
}

async function ratio(context: Context, name: string): Promise<number> {
  ensureGraphs(context);
  const { encode, greedy } = await student(context);
  const model = await loadRival(context, name);
  const time = await fastest(Math.min(3, context.runs), () => generate(model));
  await model.dispose();
  process.stderr.write(
    `${name}: ${time.toFixed(0)} ms, student ${(encode + greedy).toFixed(0)} ms\n`,
  );
  return time / (encode + greedy);
}

export async function pegasus(context: Context): Promise<Figure[]> {
  const value = await ratio(context, 'pegasus-large');
  return [
    figure('Pegasus-large shape (q8, greedy 40 of 512) / student, time', value, '≥20', 'pegasus'),
  ];
}

export async function distilbart(context: Context): Promise<Figure[]> {
  const value = await ratio(context, 'distilbart-cnn-6-6');
  return [
    figure(
      'distilbart-cnn-6-6 shape (q8, greedy 40 of 512) / student, time',
      value,
      '≥8',
      'distilbart',
    ),
  ];
}
