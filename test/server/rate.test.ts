import { afterEach, expect, test, vi } from 'vitest';
import { RateWindows } from '../../server/keys/windows.js';

afterEach(() => {
  vi.useRealTimers();
});

const MINUTE = 60_000;

function counting() {
  const windows = new RateWindows();
  return (key: string) => {
    let found: { current: number; ttl: number } | undefined;
    windows.incr(
      key,
      (_, result) => {
        found = result;
      },
      MINUTE,
    );
    return found;
  };
}

test('each key has a window of its own, which begins anew when it is over', () => {
  vi.useFakeTimers({ toFake: ['performance', 'setTimeout'] });
  const count = counting();
  expect(count('a')).toEqual({ current: 1, ttl: MINUTE });
  vi.advanceTimersByTime(20_000);
  expect(count('a')).toEqual({ current: 2, ttl: 40_000 });
  expect(count('b')).toEqual({ current: 1, ttl: MINUTE });
  vi.advanceTimersByTime(40_000);
  expect(count('a')).toEqual({ current: 1, ttl: MINUTE });
});

test('a clock that is set back or forward neither locks a key out nor gives it more', () => {
  vi.useFakeTimers({ toFake: ['Date', 'performance', 'setTimeout'] });
  const count = counting();
  count('a');
  for (const year of [1990, 2050]) {
    vi.setSystemTime(new Date(`${year}-01-01`));
    expect(count('a')?.ttl).toBe(MINUTE);
  }
  vi.advanceTimersByTime(MINUTE);
  expect(count('a')?.current).toBe(1);
});
