import { InferenceSession, Tensor } from 'onnxruntime-node';
import type { Bundle } from './bundle.js';
import { BundleError } from './errors.js';
import { checkGraph, decoderPorts, encoderPorts } from './graph.js';
import type { Latch } from './latch.js';
import { GraphSession, type Graphs, sessionOptions } from './session.js';

export interface OrtOptions {
  /** Threads of one operator; more than the worker's share of the cores makes everything slower. */
  threads: number;
  /** ONNX Runtime execution providers, tried in order. */
  providers: readonly string[];
}

/** The two graphs of a bundle over ONNX Runtime's library. `run` blocks its thread: use it in a worker. */
export class OrtSession extends GraphSession {
  /** @throws BundleError when a graph cannot be loaded or its ports are not those of the contract. */
  static async load(bundle: Bundle, options: OrtOptions, latch: Latch): Promise<OrtSession> {
    const { architecture } = bundle.manifest;
    const encoder = await latch.through(() => open(bundle, 'encoder', options));
    checkGraph(bundle.encoder, encoder, encoderPorts(architecture));
    const decoder = await latch.through(() => open(bundle, 'decoder', options));
    checkGraph(bundle.decoder, decoder, decoderPorts(architecture, decoder));
    const through = <T>(work: () => Promise<T>) => latch.through(work);
    return new OrtSession(bundle.manifest, { encoder, decoder }, { Tensor, through });
  }
}

async function open(
  bundle: Bundle,
  graph: keyof Graphs,
  { threads, providers }: OrtOptions,
): Promise<InferenceSession> {
  try {
    return await InferenceSession.create(bundle[graph], {
      ...sessionOptions(graph),
      executionProviders: [...providers],
      intraOpNumThreads: threads,
    });
  } catch (cause) {
    const problem = `cannot be loaded by ONNX Runtime (${(cause as Error).message})`;
    const advice = 'Export the bundle again, or use another execution provider';
    throw new BundleError(bundle[graph], problem, advice, { cause });
  }
}
