import wasm from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url';
import { env, InferenceSession, Tensor } from 'onnxruntime-web/wasm';
import { checkGraph, decoderPorts, encoderPorts } from '../../model/graph.js';
import type { Manifest } from '../../model/manifest.js';
import { GraphSession, type Graphs, type Runtime, sessionOptions } from '../../model/session.js';
import { withoutShapes } from './shapes.js';

/**
 * The two graphs over ONNX Runtime's WebAssembly, on the thread that calls.
 *
 * @throws BundleError when a graph's ports are not those of the contract.
 */
export async function openGraphs(
  manifest: Manifest,
  files: Record<keyof Graphs, Uint8Array>,
): Promise<GraphSession> {
  // More threads need a page that is isolated from all others (docs/decisions/0012-web-editor.md).
  env.wasm.numThreads = 1;
  env.wasm.wasmPaths = { wasm };
  const open = (graph: keyof Graphs) =>
    InferenceSession.create(withoutShapes(files[graph]), {
      ...sessionOptions(graph),
      executionProviders: ['wasm'],
    });
  const encoder = await open('encoder');
  checkGraph('encoder.onnx', encoder, encoderPorts(manifest.architecture));
  const decoder = await open('decoder');
  checkGraph('decoder.onnx', decoder, decoderPorts(manifest.architecture, decoder));
  const graphs = { encoder, decoder } as unknown as Graphs;
  return new GraphSession(manifest, graphs, { Tensor: Tensor as Runtime['Tensor'], through });
}

/** WebAssembly holds the thread: between two calls it reads its messages, so that work can be cancelled. */
async function through<T>(work: () => Promise<T>): Promise<T> {
  await breath();
  return work();
}

/** Unlike a timer, a message is not held back for milliseconds. */
function breath(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
}
