import { InferenceSession, Tensor } from 'onnxruntime-node';
import type { Bundle } from './bundle.js';
import type { Session, StepInput, StepOutput } from './core/index.js';
import { BundleError } from './errors.js';
import { checkGraph, decoderPorts, encoderPorts } from './graph.js';
import type { Latch } from './latch.js';
import { joinMemories, type OrtMemory } from './memory.js';

export interface OrtOptions {
  /** Threads of one operator; more than the worker's share of the cores makes everything slower. */
  threads: number;
  /** ONNX Runtime execution providers, tried in order. */
  providers: readonly string[];
}

/** The two graphs of a bundle over ONNX Runtime. `run` blocks its thread: use it in a worker. */
export class OrtSession implements Session<OrtMemory> {
  readonly stateSize: number;
  readonly topK: number;

  /** The mean states of memories; a joined memory has none of its own. */
  private readonly states = new WeakMap<OrtMemory, Float32Array>();

  private constructor(
    private readonly bundle: Bundle,
    private readonly encoder: InferenceSession,
    private readonly decoder: InferenceSession,
    private readonly latch: Latch,
  ) {
    const { decoderLayers, stateWidth, topK } = bundle.manifest.architecture;
    this.stateSize = decoderLayers * stateWidth;
    this.topK = topK;
  }

  /** @throws BundleError when a graph cannot be loaded or its ports are not those of the contract. */
  static async load(bundle: Bundle, options: OrtOptions, latch: Latch): Promise<OrtSession> {
    const { architecture } = bundle.manifest;
    const encoder = await latch.through(() => open(bundle.encoder, options));
    checkGraph(bundle.encoder, encoder, encoderPorts(architecture));
    const decoder = await latch.through(() => open(bundle.decoder, options, DECODER));
    checkGraph(bundle.decoder, decoder, decoderPorts(architecture));
    return new OrtSession(bundle, encoder, decoder, latch);
  }

  async encode(source: readonly number[]): Promise<OrtMemory> {
    const shape = [1, source.length];
    const ids = new Tensor('int64', BigInt64Array.from(source, BigInt), shape);
    const mask = new Tensor('float32', new Float32Array(source.length).fill(1), shape);
    const { keys, values, copy_keys, pooled } = await this.latch.through(() =>
      this.encoder.run({ ids, mask }),
    );
    const memory = { keys, values, copy_keys, ids, mask } as OrtMemory;
    this.states.set(memory, (pooled as Tensor).data as Float32Array);
    return memory;
  }

  state(memory: OrtMemory): Float32Array {
    return this.states.get(memory) ?? new Float32Array(0);
  }

  async pool(texts: readonly (readonly number[])[]): Promise<Float32Array[]> {
    const longest = Math.max(...texts.map(({ length }) => length));
    const shape = [texts.length, longest];
    const ids = new BigInt64Array(texts.length * longest).fill(
      BigInt(this.bundle.manifest.tokens.pad),
    );
    const mask = new Float32Array(ids.length);
    for (const [row, text] of texts.entries()) {
      ids.set(BigInt64Array.from(text, BigInt), row * longest);
      mask.fill(1, row * longest, row * longest + text.length);
    }
    const feeds = {
      ids: new Tensor('int64', ids, shape),
      mask: new Tensor('float32', mask, shape),
    };
    const { pooled } = await this.latch.through(() => this.encoder.run(feeds, ['pooled']));
    const data = (pooled as Tensor).data as Float32Array;
    const { width } = this.bundle.manifest.architecture;
    return texts.map((_, row) => data.slice(row * width, (row + 1) * width));
  }

  join(memories: readonly OrtMemory[]): OrtMemory {
    return joinMemories(memories);
  }

  async step(memory: OrtMemory, input: StepInput): Promise<StepOutput> {
    const { decoderLayers, stateWidth } = this.bundle.manifest.architecture;
    const n = input.hypotheses;
    const recent = new Tensor('int64', input.recent, [1, n, 3]);
    const state = new Tensor('float32', input.state, [1, n, decoderLayers, stateWidth]);
    const out = await this.latch.through(() => this.decoder.run({ ...memory, recent, state }));
    const data = <T>(name: string) => (out[name] as Tensor).data as T;
    return {
      logProbs: data('log_probs'),
      tokens: data('tokens'),
      copy: data('copy'),
      gate: data('gate'),
      entropy: data('entropy'),
      nextState: data('next_state'),
    };
  }

  async release(): Promise<void> {
    await this.latch.through(() => this.encoder.release());
    await this.latch.through(() => this.decoder.release());
  }
}

/**
 * The fusion turns "keys of layer n" into one split that copies the keys of all layers at every step:
 * without it a step takes 8 % less time (docs/decisions/0004-runtime.md).
 */
const DECODER = {
  extra: { optimization: { disable_specified_optimizers: 'GatherSliceToSplitFusion' } },
};

async function open(
  file: string,
  { threads, providers }: OrtOptions,
  more: InferenceSession.SessionOptions = {},
): Promise<InferenceSession> {
  try {
    return await InferenceSession.create(file, {
      ...more,
      executionProviders: [...providers],
      intraOpNumThreads: threads,
      interOpNumThreads: 1,
      executionMode: 'sequential',
      graphOptimizationLevel: 'all',
      logSeverityLevel: 3,
    });
  } catch (cause) {
    const problem = `cannot be loaded by ONNX Runtime (${(cause as Error).message})`;
    const advice = 'Export the bundle again, or use another execution provider';
    throw new BundleError(file, problem, advice, { cause });
  }
}
