import type { Session } from './session.js';

/**
 * Ids encoded at once, padding included. More would only cost memory: on a CPU sixteen texts of 32
 * ids take as long together as one by one.
 */
const BUDGET = 512;

/**
 * Mean encoder state of each text. Texts of like length go together, so that little is padding.
 *
 * @returns one vector a text, in the texts' order.
 * @throws the signal's reason when it is aborted between two batches.
 */
export async function pooled<M>(
  session: Session<M>,
  texts: readonly (readonly number[])[],
  signal?: AbortSignal,
): Promise<Float32Array[]> {
  const found = new Array<Float32Array>(texts.length);
  for (const batch of batches(texts)) {
    signal?.throwIfAborted();
    const vectors = await session.pool(batch.map((i) => texts[i] as readonly number[]));
    for (const [k, i] of batch.entries()) found[i] = vectors[k] as Float32Array;
  }
  return found;
}

/** Indices of the texts, shortest first, as many together as the budget allows. */
function* batches(texts: readonly (readonly number[])[]): Generator<number[]> {
  const length = (i: number) => (texts[i] as readonly number[]).length;
  const order = texts.map((_, i) => i).sort((a, b) => length(a) - length(b));
  let batch: number[] = [];
  for (const i of order) {
    if (batch.length > 0 && (batch.length + 1) * length(i) > BUDGET) {
      yield batch;
      batch = [];
    }
    batch.push(i);
  }
  if (batch.length > 0) yield batch;
}
