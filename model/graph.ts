import type { InferenceSession } from 'onnxruntime-node';
import { BundleError } from './errors.js';
import type { Manifest } from './manifest.js';

/** Element type and dimensions of one input or output; null where the dimension is free. */
type Port = readonly [type: string, ...dimensions: (number | null)[]];
export interface Ports {
  inputs: Record<string, Port>;
  outputs: Record<string, Port>;
}

type Architecture = Manifest['architecture'];

const source: Record<'ids' | 'mask', Port> = {
  ids: ['int64', null, null],
  mask: ['float32', null, null],
};

function memory(a: Architecture): Record<'keys' | 'values' | 'copy_keys', Port> {
  const perHead = a.width / a.heads;
  return {
    keys: ['float32', null, a.decoderLayers, a.heads, perHead, null],
    values: ['float32', null, a.decoderLayers, a.heads, null, perHead],
    copy_keys: ['float32', null, a.copyWidth, null],
  };
}

/** `encoder.onnx` as in `docs/bundle.md`. */
export function encoderPorts(a: Architecture): Ports {
  return { inputs: source, outputs: { ...memory(a), pooled: ['float32', null, a.width] } };
}

/**
 * `decoder.onnx` as in `docs/bundle.md`: keys and values one input a layer, or those of all layers in
 * one as in the first bundles.
 */
export function decoderPorts(
  a: Architecture,
  { inputNames }: Pick<InferenceSession, 'inputNames'>,
): Ports {
  const state: Port = ['float32', null, null, a.decoderLayers, a.stateWidth];
  const { keys, values, copy_keys } = memory(a);
  const layered = Object.fromEntries(
    Array.from({ length: a.decoderLayers }, (_, n) => [
      [`keys_${n}`, keys.toSpliced(2, 1) as unknown as Port],
      [`values_${n}`, values.toSpliced(2, 1) as unknown as Port],
    ]).flat() as [string, Port][],
  );
  const attended = inputNames.includes('keys') ? { keys, values } : layered;
  return {
    inputs: { recent: ['int64', null, null, 3], state, ...attended, copy_keys, ...source },
    outputs: {
      log_probs: ['float32', null, null, a.topK],
      tokens: ['int64', null, null, a.topK],
      copy: ['float32', null, null, null],
      gate: ['float32', null, null],
      entropy: ['float32', null, null],
      next_state: state,
    },
  };
}

/**
 * Compares a loaded graph with the contract. A dimension counts only where the graph states a
 * number: exporters leave many outputs symbolic.
 *
 * @throws BundleError naming the file and the input or output.
 */
export function checkGraph(
  file: string,
  graph: Pick<InferenceSession, 'inputMetadata' | 'outputMetadata'>,
  expected: Ports,
): void {
  for (const [side, found, ports] of [
    ['input', graph.inputMetadata, expected.inputs],
    ['output', graph.outputMetadata, expected.outputs],
  ] as const) {
    for (const [name, [type, ...dimensions]] of Object.entries(ports)) {
      const value = found.find((candidate) => candidate.name === name);
      if (!value?.isTensor) throw refusal(file, `has no ${side} "${name}"`);
      if (value.type !== type) {
        throw refusal(file, `${side} "${name}" is ${value.type} instead of ${type}`);
      }
      const fits =
        value.shape.length === 0 ||
        (value.shape.length === dimensions.length &&
          value.shape.every((d, i) => typeof d !== 'number' || (dimensions[i] ?? d) === d));
      if (!fits) {
        const wanted = dimensions.map((d) => d ?? '?').join(' x ');
        const found = value.shape.join(' x ');
        throw refusal(file, `${side} "${name}" is ${found} instead of ${wanted}`);
      }
    }
    const unknown = found.find(({ name }) => !Object.hasOwn(ports, name));
    if (unknown && side === 'input') {
      throw refusal(file, `wants an input "${unknown.name}" that the contract does not have`);
    }
  }
}

function refusal(file: string, problem: string): BundleError {
  return new BundleError(file, problem, 'Export the bundle again (python -m distill export)');
}
