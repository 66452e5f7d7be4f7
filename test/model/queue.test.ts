import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Queue } from '../../model/queue.js';

const job = (name: string, cost: number) => ({ name, cost });

describe('Queue', () => {
  it('takes the cheapest first, in order of arrival among equals', () => {
    const queue = new Queue<ReturnType<typeof job>>({ jobs: 9, tokens: 1000 });
    for (const entry of [job('book', 500), job('a', 10), job('b', 10), job('c', 5)]) {
      queue.push(entry);
    }
    expect([1, 2, 3, 4, 5].map(() => queue.shift()?.name)).toEqual([
      'c',
      'a',
      'b',
      'book',
      undefined,
    ]);
  });

  it('lets nobody wait for ever', () => {
    const queue = new Queue<ReturnType<typeof job>>({ jobs: 99, tokens: 10_000 });
    queue.push(job('book', 500));
    let pages = 0;
    for (; pages < 50; pages++) {
      queue.push(job('page', 10));
      if (queue.shift()?.name === 'book') break;
    }
    expect(pages).toBe(8);
  });

  it('refuses a job too many and an id too many, but never the first', () => {
    const queue = new Queue<ReturnType<typeof job>>({ jobs: 2, tokens: 100 });
    expect(queue.admits(1000)).toBe(true);
    queue.push(job('a', 60));
    expect([queue.admits(40), queue.admits(41)]).toEqual([true, false]);
    queue.push(job('b', 10));
    expect(queue.admits(1)).toBe(false);
    expect(new Queue({ jobs: 0, tokens: 100 }).admits(1)).toBe(false);
  });

  it('counts what waits whatever happens', () => {
    const steps = fc.array(
      fc.tuple(fc.constantFrom('push', 'shift', 'remove', 'return'), fc.nat(50)),
    );
    fc.assert(
      fc.property(steps, (all) => {
        const queue = new Queue<ReturnType<typeof job>>({ jobs: 99, tokens: 9999 });
        const inside: ReturnType<typeof job>[] = [];
        const out = (task?: ReturnType<typeof job>) =>
          task && inside.splice(inside.indexOf(task), 1);
        for (const [step, cost] of all) {
          const task = job('x', cost);
          if (step === 'push' || step === 'return') {
            queue[step](task);
            inside.push(task);
          } else if (step === 'shift') out(queue.shift());
          else {
            const victim = inside[cost % Math.max(1, inside.length)] ?? task;
            if (queue.remove(victim)) out(victim);
          }
          expect(queue.length).toBe(inside.length);
          expect(queue.tokens).toBe(inside.reduce((sum, t) => sum + t.cost, 0));
        }
      }),
    );
  });
});
