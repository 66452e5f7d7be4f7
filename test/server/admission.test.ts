import { describe, expect, test } from 'vitest';
import { Admission } from '../../server/admission/admission.js';
import { DrainRate } from '../../server/admission/drain-rate.js';
import { preferredWait } from '../../server/deadline.js';
import type { ServiceError } from '../../server/errors.js';

const never = new AbortController().signal;

/** Work that ends when the test says so. */
function task() {
  let finish: (value?: unknown) => void = () => {};
  const done = new Promise((resolve) => {
    finish = resolve;
  });
  return { work: () => done, finish };
}

const tick = () => new Promise((resolve) => setImmediate(resolve));

describe('Admission', () => {
  test('lets so many in at once, the others in order', async () => {
    const admission = new Admission({ queueTokens: 100, places: () => 2 });
    const started: number[] = [];
    const tasks = [0, 1, 2, 3].map(() => task());
    const all = tasks.map(({ work }, i) =>
      admission.run(10, never, () => {
        started.push(i);
        return work();
      }),
    );
    expect(started).toEqual([0, 1]);
    expect(admission.state).toEqual({ running: 2, waiting: 2, waitingTokens: 20 });
    tasks[1]?.finish();
    await tick();
    expect(started).toEqual([0, 1, 2]);
    for (const { finish } of tasks) finish();
    await Promise.all(all);
    expect(started).toEqual([0, 1, 2, 3]);
    expect(admission.state).toEqual({ running: 0, waiting: 0, waitingTokens: 0 });
  });

  test('refuses at once what does not fit into the budget, and takes it when there is room', async () => {
    const admission = new Admission({ queueTokens: 100, places: () => 1 });
    const [first, second] = [task(), task()];
    const running = admission.run(500, never, first.work);
    const waiting = admission.run(60, never, second.work);
    await expect(admission.run(41, never, second.work)).rejects.toMatchObject({
      statusCode: 429,
      code: 'busy',
    });
    const fits = admission.run(40, never, second.work);
    first.finish();
    second.finish();
    await Promise.all([running, waiting, fits]);
  });

  test('an aborted caller is told at once, waiting or running; its place is free when the work ends', async () => {
    const admission = new Admission({ queueTokens: 100, places: () => 1 });
    const one = task();
    const [a, b] = [new AbortController(), new AbortController()];
    const running = admission.run(10, a.signal, one.work);
    const waiting = admission.run(10, b.signal, one.work);
    b.abort(new Error('gone'));
    await expect(waiting).rejects.toThrow('gone');
    expect(admission.state).toMatchObject({ waiting: 0, waitingTokens: 0 });
    a.abort(new Error('late'));
    await expect(running).rejects.toThrow('late');
    expect(admission.state.running).toBe(1);
    one.finish();
    await tick();
    expect(admission.state.running).toBe(0);
  });

  test('work that throws frees its place', async () => {
    const admission = new Admission({ queueTokens: 100, places: () => 1 });
    const broken = () => {
      throw new Error('broken');
    };
    await expect(admission.run(1, never, broken)).rejects.toThrow('broken');
    await expect(admission.run(1, never, async () => 7)).resolves.toBe(7);
  });

  test('Retry-After is the time in which the queue drains', async () => {
    const admission = new Admission({ queueTokens: 1000, places: () => 1 });
    const wait = () => new Promise((resolve) => setTimeout(resolve, 100));
    await admission.run(10, never, wait); // ten milliseconds a token
    const blocked = task();
    const all = [admission.run(500, never, blocked.work), admission.run(1000, never, wait)];
    const refusal = (await admission.run(1, never, wait).catch((e) => e)) as ServiceError;
    expect(refusal.retryAfter).toBeGreaterThanOrEqual(15);
    expect(refusal.retryAfter).toBeLessThanOrEqual(60);
    blocked.finish();
    await Promise.all(all);
  });
});

test('the drain rate follows what is measured', () => {
  const rate = new DrainRate();
  expect(rate.secondsFor(100, 2)).toBeUndefined();
  for (let i = 0; i < 100; i++) rate.observe(200, 1);
  expect(rate.secondsFor(400, 2)).toBeCloseTo(1, 5);
  for (let i = 0; i < 100; i++) rate.observe(200, 2);
  expect(rate.secondsFor(400, 2)).toBeCloseTo(2, 3);
});

test.each([
  ['wait=5', 5],
  ['respond-async, wait=10', 10],
  ['wait = "7"', 7],
  ['WAIT=1;foo', 1],
  ['wait=x', undefined],
  ['await=3', undefined],
  ['wait=-1', undefined],
  [undefined, undefined],
])('Prefer: %s', (header, seconds) => {
  expect(preferredWait(header)).toBe(seconds);
});
