import type { Tensor } from 'onnxruntime-node';

/** What the decoder needs of one document, kept as ONNX Runtime gave it: never copied per hypothesis. */
export type OrtMemory = Readonly<Record<'keys' | 'values' | 'copy_keys' | 'ids' | 'mask', Tensor>>;

/** Axis of the source positions. */
const AXIS = { keys: 4, values: 3, copy_keys: 2, ids: 1, mask: 1 } as const;

/**
 * A memory as a decoder takes it that has an input for the keys and the values of each of its layers:
 * views, nothing is copied. One document only.
 */
export function byLayer(memory: OrtMemory, Made: typeof Tensor): Record<string, Tensor> {
  const { keys, values, ...rest } = memory;
  const layers = Object.entries({ keys, values }).flatMap(([name, tensor]) => {
    const [batch = 1, count = 1, ...dims] = tensor.dims;
    const data = tensor.data as Float32Array;
    const size = data.length / count;
    return Array.from({ length: count }, (_, n) => {
      const part = data.subarray(n * size, (n + 1) * size);
      return [`${name}_${n}`, new Made('float32', part, [batch, ...dims])];
    });
  });
  return { ...rest, ...Object.fromEntries(layers) };
}

/** Several memories of one document each as one, their source positions one after the other. */
export function joinMemories(memories: readonly OrtMemory[], Made: typeof Tensor): OrtMemory {
  const joined = Object.entries(AXIS).map(([name, axis]) => {
    return [
      name,
      concatenated(
        memories.map((memory) => memory[name as keyof OrtMemory]),
        axis,
        Made,
      ),
    ];
  });
  return Object.fromEntries(joined) as OrtMemory;
}

function concatenated(tensors: readonly Tensor[], axis: number, Made: typeof Tensor): Tensor {
  const [first] = tensors as [Tensor];
  const dims = [...first.dims];
  dims[axis] = tensors.reduce((sum, tensor) => sum + (tensor.dims[axis] as number), 0);
  const product = (list: readonly number[]) => list.reduce((a, b) => a * b, 1);
  const blocks = product(dims.slice(0, axis));
  const stride = product(dims.slice(axis));
  const type = first.type as 'float32' | 'int64';
  const data =
    type === 'int64' ? new BigInt64Array(blocks * stride) : new Float32Array(blocks * stride);
  let offset = 0;
  for (const tensor of tensors) {
    const size = product(tensor.dims.slice(axis));
    const from = tensor.data as Float32Array;
    for (let block = 0; block < blocks; block++) {
      const part = from.subarray(block * size, (block + 1) * size);
      (data as Float32Array).set(part, block * stride + offset);
    }
    offset += size;
  }
  return new Made(type, data, dims);
}
