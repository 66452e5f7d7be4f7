import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { ordered } from '../../model/ordered.js';

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

describe('ordered', () => {
  it('keeps the order whatever takes longest', async () => {
    const waits = [30, 1, 20, 0, 10];
    const work = async (ms: number) => {
      await sleep(ms);
      return ms;
    };
    expect(await collect(ordered(waits, 3, work))).toEqual(waits);
  });

  it('reads no further ahead than its window', async () => {
    let read = 0;
    let done = 0;
    async function* source() {
      for (let i = 0; i < 20; i++) {
        read++;
        yield i;
      }
    }
    for await (const _ of ordered(source(), 4, async (i) => i)) {
      done++;
      await sleep(1);
      expect(read - done).toBeLessThanOrEqual(5);
    }
    expect(done).toBe(20);
  });

  it('answers before the next item comes', async () => {
    let release = () => {};
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    async function* source() {
      yield 1;
      await gate;
      yield 2;
    }
    const answers = ordered(source(), 4, async (i) => i * 10);
    expect((await answers.next()).value).toBe(10);
    release();
    expect((await answers.next()).value).toBe(20);
    expect((await answers.next()).done).toBe(true);
  });

  it('passes on an error of the source and closes it when the reader leaves', async () => {
    async function* broken() {
      yield 1;
      throw new Error('disk gone');
    }
    await expect(collect(ordered(broken(), 1, async (i) => i))).rejects.toThrow('disk gone');

    let closed = false;
    async function* source() {
      try {
        for (let i = 0; ; i++) yield i;
      } finally {
        closed = true;
      }
    }
    for await (const i of ordered(source(), 2, async (n) => n)) if (i === 3) break;
    await sleep(5);
    expect(closed).toBe(true);
  });
});
