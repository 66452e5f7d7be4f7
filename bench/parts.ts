import { InferenceSession, Tensor } from 'onnxruntime-node';
import { type Context, ensureGraphs } from './context.js';
import { type Figure, figure } from './figure.js';
import { SOURCE, student, TARGET } from './student.js';
import { fastest } from './time.js';

const open = (file: string) =>
  InferenceSession.create(file, {
    intraOpNumThreads: 1,
    interOpNumThreads: 1,
    logSeverityLevel: 3,
  });
const floats = (...dims: number[]) =>
  new Tensor('float32', new Float32Array(dims.reduce((a, b) => a * b, 1)).fill(0.1), dims);

/** Where the student's own time goes. */
export async function parts(context: Context): Promise<Figure[]> {
  const { encode, greedy, beam } = await student(context);
  process.stderr.write(
    `encode ${encode.toFixed(1)} ms, greedy ${greedy.toFixed(1)}, beam ${beam.toFixed(1)}\n`,
  );
  return [
    figure('decode 40 / encode 512, greedy', greedy / encode, '≤0.5', 'parts'),
    figure(
      'beam 4 / greedy, whole suggestion',
      (encode + beam) / (encode + greedy),
      '≤1.3',
      'parts',
    ),
  ];
}

/** A 6-layer Transformer decoder with KV cache on the same encoder, against the SSRU decoder. */
export async function recurrence(context: Context): Promise<Figure[]> {
  ensureGraphs(context);
  const { greedy } = await student(context);
  const file = `${context.graphs}/kv-decoder/onnx/decoder_model_merged_quantized.onnx`;
  const session = await open(file);
  const caches = session.inputNames.filter((name) => name.startsWith('past_key_values'));
  const empty = Object.fromEntries(caches.map((name) => [name, floats(1, 12, 0, 32)]));
  const always = {
    encoder_attention_mask: new Tensor('int64', new BigInt64Array(SOURCE).fill(1n), [1, SOURCE]),
    encoder_hidden_states: floats(1, SOURCE, 384),
  };
  const time = await fastest(context.runs, async () => {
    let past: Record<string, Tensor> = empty;
    for (let step = 0; step < TARGET; step++) {
      const input_ids = new Tensor('int64', BigInt64Array.of(40n), [1, 1]);
      const use_cache_branch = new Tensor('bool', [step > 0], [1]);
      const out = await session.run({ ...always, ...past, input_ids, use_cache_branch });
      const kept = past;
      past = Object.fromEntries(
        caches.map((name) => {
          const present = out[name.replace('past_key_values', 'present')] as Tensor;
          return [name, step > 0 && name.includes('encoder') ? (kept[name] as Tensor) : present];
        }),
      );
      argmax(out.logits?.data as Float32Array);
    }
  });
  await session.release();
  process.stderr.write(`Transformer decoder ${time.toFixed(1)} ms, SSRU ${greedy.toFixed(1)} ms\n`);
  const name = 'decode only: 6-layer Transformer with KV cache / SSRU';
  return [figure(name, time / greedy, '≥2', 'recurrence')];
}

/** The student against the bare int8 products of its own shapes. */
export async function gemm(context: Context): Promise<Figure[]> {
  ensureGraphs(context);
  const { encode, greedy } = await student(context);
  const bare = async (file: string, rows: number, times: number) => {
    const session = await open(`${context.graphs}/gemm/${file}.onnx`);
    const feeds = Object.fromEntries(
      session.inputNames.map((name) => [name, floats(rows, Number(name.slice(1)))]),
    );
    const time = await fastest(context.runs, async () => {
      for (let i = 0; i < times; i++) await session.run(feeds);
    });
    await session.release();
    return time;
  };
  const encoder = await bare('encoder', SOURCE, 1);
  const decoder = await bare('decoder', 1, TARGET);
  process.stderr.write(
    `bare products: encoder ${encoder.toFixed(1)} ms, decoder ${decoder.toFixed(1)} ms\n`,
  );
  const value = (encode + greedy) / (encoder + decoder);
  return [figure('student / bare int8 products of its shapes', value, '≤2', 'gemm')];
}

function argmax(values: Float32Array): number {
  let best = 0;
  for (let i = 1; i < values.length; i++)
    if ((values[i] as number) > (values[best] as number)) best = i;
  return best;
}
