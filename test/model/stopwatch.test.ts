import { expect, test } from 'vitest';
import type { Reader } from '../../model/core/index.js';
import { Stopwatch } from '../../model/stopwatch.js';

const slow = async <T>(milliseconds: number, value: T): Promise<T> => {
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
  return value;
};
const busy = (milliseconds: number) => {
  for (const until = performance.now() + milliseconds; performance.now() < until; );
  return [7];
};

/** A reader whose calls take as long as their arguments say. */
const reader = {
  tokenizer: { encode: (text: string) => busy(Number(text)), pieces: () => [], decode: () => '' },
  session: {
    stateSize: 1,
    topK: 1,
    encode: ([time = 0]: number[]) => slow(time, 'memory'),
    pool: ([[time = 0] = []]: number[][]) => slow(time, []),
    step: (_: string, time: number) => slow(time, {}),
    state: () => new Float32Array(1),
    join: () => 'memory',
  },
} as unknown as Reader<string>;

test('every stage gets the time of its own calls; the search between steps belongs to decoding', async () => {
  const watch = new Stopwatch(reader);
  const { tokenizer, session } = watch.reader;
  tokenizer.encode('20');
  await session.encode([30]);
  await session.pool([[30]]);
  await session.step('memory', 40 as never);
  busy(25);
  const { tokenise, encode, decode, gate } = watch.timings;
  expect(tokenise).toBeGreaterThanOrEqual(0.019);
  expect(encode).toBeGreaterThanOrEqual(0.058);
  expect(decode).toBeGreaterThanOrEqual(0.063);
  expect(gate).toBe(0);
});

test('a document that is turned away unwritten spends the rest on the gate', async () => {
  const watch = new Stopwatch(reader);
  await watch.reader.session.encode([10]);
  busy(20);
  const { decode, gate } = watch.timings;
  expect(decode).toBe(0);
  expect(gate).toBeGreaterThanOrEqual(0.019);
});
