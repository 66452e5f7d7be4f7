import { Tensor } from 'onnxruntime-node';
import { describe, expect, it } from 'vitest';
import { byLayer, joinMemories, type OrtMemory } from '../../model/memory.js';

/** A memory of two layers, one head and `length` source positions, numbered from `from` on. */
function memory(length: number, from: number): OrtMemory {
  const numbers = (count: number) => Float32Array.from({ length: count }, (_, i) => from + i);
  return {
    keys: new Tensor('float32', numbers(4 * length), [1, 2, 1, 2, length]),
    values: new Tensor('float32', numbers(4 * length), [1, 2, 1, length, 2]),
    copy_keys: new Tensor('float32', numbers(3 * length), [1, 3, length]),
    ids: new Tensor('int64', new BigInt64Array(length).fill(BigInt(from)), [1, length]),
    mask: new Tensor('float32', new Float32Array(length).fill(1), [1, length]),
  };
}

const numbersOf = (tensor: Tensor | undefined) => tensor?.data as Float32Array;

describe('a memory by layers', () => {
  it('gives every layer its part of the same numbers', () => {
    const whole = memory(3, 0);
    const layered = byLayer(whole, Tensor);
    expect(Object.keys(layered).sort()).toEqual(
      ['copy_keys', 'ids', 'keys_0', 'keys_1', 'mask', 'values_0', 'values_1'].sort(),
    );
    expect(layered.keys_1?.dims).toEqual([1, 1, 2, 3]);
    expect([...numbersOf(layered.keys_1)]).toEqual([6, 7, 8, 9, 10, 11]);
    expect(layered.values_0?.dims).toEqual([1, 1, 3, 2]);
    expect(numbersOf(layered.keys_1).buffer).toBe(numbersOf(whole.keys).buffer);
  });

  it('of several windows has their positions one after the other', () => {
    const layered = byLayer(joinMemories([memory(1, 0), memory(2, 100)], Tensor), Tensor);
    expect(layered.keys_0?.dims).toEqual([1, 1, 2, 3]);
    expect([...numbersOf(layered.keys_0)]).toEqual([0, 100, 101, 1, 102, 103]);
  });
});
