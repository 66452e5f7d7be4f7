import type { InferenceSession, Tensor } from 'onnxruntime-node';
import type { Session, StepInput, StepOutput } from './core/index.js';
import type { Manifest } from './manifest.js';
import { byLayer, joinMemories, type OrtMemory } from './memory.js';

/** What differs between ONNX Runtime in Node and in a browser. */
export interface Runtime {
  Tensor: typeof Tensor;
  /** Every call into ONNX Runtime goes through here. */
  through<T>(work: () => Promise<T>): Promise<T>;
}

/** The two graphs of a bundle, loaded and checked. */
export interface Graphs {
  encoder: InferenceSession;
  decoder: InferenceSession;
}

/**
 * The two graphs of a bundle as the core needs them, over any ONNX Runtime. Imports nothing of Node:
 * `model/ort.ts` makes it in a worker thread, `web/device` in a browser's worker. `run` blocks its
 * thread in both.
 */
export class GraphSession implements Session<OrtMemory> {
  readonly stateSize: number;
  readonly topK: number;

  /** The mean states of memories; a joined memory has none of its own. */
  private readonly states = new WeakMap<OrtMemory, Float32Array>();
  /** Memories as the decoder takes them. */
  private readonly taken = new WeakMap<OrtMemory, Record<string, Tensor>>();

  constructor(
    private readonly manifest: Pick<Manifest, 'architecture' | 'tokens'>,
    private readonly graphs: Graphs,
    private readonly runtime: Runtime,
  ) {
    const { decoderLayers, stateWidth, topK } = manifest.architecture;
    this.stateSize = decoderLayers * stateWidth;
    this.topK = topK;
  }

  async encode(source: readonly number[]): Promise<OrtMemory> {
    const { Tensor } = this.runtime;
    const shape = [1, source.length];
    const ids = new Tensor('int64', BigInt64Array.from(source, BigInt), shape);
    const mask = new Tensor('float32', new Float32Array(source.length).fill(1), shape);
    const { keys, values, copy_keys, pooled } = await this.runtime.through(() =>
      this.graphs.encoder.run({ ids, mask }),
    );
    const memory = { keys, values, copy_keys, ids, mask } as OrtMemory;
    this.states.set(memory, (pooled as Tensor).data as Float32Array);
    return memory;
  }

  state(memory: OrtMemory): Float32Array {
    return this.states.get(memory) ?? new Float32Array(0);
  }

  async pool(texts: readonly (readonly number[])[]): Promise<Float32Array[]> {
    const { Tensor } = this.runtime;
    const longest = Math.max(...texts.map(({ length }) => length));
    const shape = [texts.length, longest];
    const ids = new BigInt64Array(texts.length * longest).fill(BigInt(this.manifest.tokens.pad));
    const mask = new Float32Array(ids.length);
    for (const [row, text] of texts.entries()) {
      ids.set(BigInt64Array.from(text, BigInt), row * longest);
      mask.fill(1, row * longest, row * longest + text.length);
    }
    const feeds = {
      ids: new Tensor('int64', ids, shape),
      mask: new Tensor('float32', mask, shape),
    };
    const { pooled } = await this.runtime.through(() => this.graphs.encoder.run(feeds, ['pooled']));
    const data = (pooled as Tensor).data as Float32Array;
    const { width } = this.manifest.architecture;
    return texts.map((_, row) => data.slice(row * width, (row + 1) * width));
  }

  join(memories: readonly OrtMemory[]): OrtMemory {
    return joinMemories(memories, this.runtime.Tensor);
  }

  async step(memory: OrtMemory, input: StepInput): Promise<StepOutput> {
    const { Tensor } = this.runtime;
    const { decoderLayers, stateWidth } = this.manifest.architecture;
    const n = input.hypotheses;
    const recent = new Tensor('int64', input.recent, [1, n, 3]);
    const state = new Tensor('float32', input.state, [1, n, decoderLayers, stateWidth]);
    const feeds = { ...this.take(memory), recent, state };
    const out = await this.runtime.through(() => this.graphs.decoder.run(feeds));
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

  private take(memory: OrtMemory): Record<string, Tensor> {
    const known = this.taken.get(memory);
    if (known) return known;
    const whole = this.graphs.decoder.inputNames.includes('keys');
    const taken = whole ? memory : byLayer(memory, this.runtime.Tensor);
    this.taken.set(memory, taken);
    return taken;
  }

  async release(): Promise<void> {
    await this.runtime.through(() => this.graphs.encoder.release());
    await this.runtime.through(() => this.graphs.decoder.release());
  }
}

/**
 * How a graph is opened anywhere. The fusion turns "keys of layer n" into one split that copies the
 * keys of all layers at every step: without it a step of the decoder takes 8 % less time
 * (docs/decisions/0004-runtime.md).
 */
export function sessionOptions(graph: keyof Graphs): InferenceSession.SessionOptions {
  const without = { disable_specified_optimizers: 'GatherSliceToSplitFusion' };
  return {
    interOpNumThreads: 1,
    executionMode: 'sequential',
    graphOptimizationLevel: 'all',
    logSeverityLevel: 3,
    ...(graph === 'decoder' ? { extra: { optimization: without } } : {}),
  };
}
