import fc from 'fast-check';
import { expect, test } from 'vitest';
import { lines } from '../../cli/lines.js';

async function split(chunks: Buffer[], limit?: number) {
  const found = [];
  for await (const { number, bytes } of lines(from(chunks), limit)) {
    found.push([number, bytes?.toString() ?? null]);
  }
  return found;
}

async function* from(chunks: Buffer[]) {
  yield* chunks;
}

test('gives what splitting the whole text gives, however it is cut into chunks', async () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'é', '\n', ' ', '\r') });
  await fc.assert(
    fc.asyncProperty(text, fc.integer({ min: 1, max: 7 }), async (whole, size) => {
      const bytes = Buffer.from(whole);
      const chunks = [];
      for (let at = 0; at < bytes.length; at += size) chunks.push(bytes.subarray(at, at + size));
      const expected = whole
        .split('\n')
        .map((line, index) => [index + 1, line])
        .filter(([, line]) => String(line).trim() !== '');
      expect(await split(chunks)).toEqual(expected);
    }),
  );
});

test('a line over the limit is null, the next one is whole', async () => {
  const chunks = ['aaaa', 'aaaa\nbb', 'b\n', 'cccccc'].map((part) => Buffer.from(part));
  expect(await split(chunks, 5)).toEqual([
    [1, null],
    [2, 'bbb'],
    [3, null],
  ]);
});
