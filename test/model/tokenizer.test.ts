import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Tokenizer } from '../../model/core/index.js';
import { sourcePositions, sourceTokens } from '../../model/core/index.js';
import { loadTokenizer } from '../../model/tokenizer.js';
import { special } from './fake.js';
import { tinyBundle } from './tiny.js';

let tokenizer: Tokenizer;
let listeners: number;
beforeAll(async () => {
  listeners = process.listenerCount('uncaughtException');
  tokenizer = await loadTokenizer(join(tinyBundle, 'tokenizer.model'));
});

describe('tokenizer', () => {
  it('gives back what it was given', () => {
    const text = 'Rotate the relay logs before the disk fills, then restart (v1.2.3).';
    expect(tokenizer.decode(tokenizer.encode(text))).toBe(text);
  });

  it('never produces a special id from text, and drops them from it', () => {
    const ids = tokenizer.encode('<short> <s> </s> <mask> <n> <title> <pad>');
    expect(ids.filter((id) => id < 16 && id !== special.unk)).toEqual([]);
    const plain = tokenizer.encode('log');
    const { bos, short, newline, eos, title } = special;
    expect(tokenizer.decode([bos, short, ...plain, newline, title, eos])).toBe('log');
  });

  it.each([
    '',
    ' ',
    '\0',
    'a\0b',
    '\ud800',
    'x\udc00y',
    '\u{1f600}\u{1f468}\u200d\u{1f469}',
    '漢字かな',
    'é e\u0301',
  ])('takes %j', (text) => {
    const ids = tokenizer.encode(text);
    expect(ids.every(Number.isInteger)).toBe(true);
    expect(tokenizer.pieces(text)).toHaveLength(ids.length);
  });

  it('leaves no process-wide handlers behind', () => {
    expect(process.listenerCount('uncaughtException')).toBe(listeners);
  });

  it('places every piece in its line, unknown characters included', () => {
    const line = 'The 漢字 disk \u{1f600} fills';
    const source = sourceTokens({ lines: [line] }, tokenizer, special, 64);
    const { at } = sourcePositions(source, tokenizer);
    expect(at[source.ids.length - 2]).toBe(line.length - 1);
    const inner = [...at.slice(1, -1)];
    expect(inner).toEqual([...inner].sort((a, b) => a - b));
  });

  it('tokenises a megabyte of one letter as its beginning', () => {
    const started = performance.now();
    const lines = ['a'.repeat(1_000_000)];
    const { ids, truncated } = sourceTokens({ lines }, tokenizer, special, 512);
    expect(ids.length).toBeLessThanOrEqual(512);
    expect(truncated).toBe(true);
    expect(performance.now() - started).toBeLessThan(1000);
  });
});
