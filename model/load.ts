import type { Pace } from './pace.js';
import type { Queue, Waiting } from './queue.js';

/** What a pool has to do and how fast it is. */
export interface Load {
  /** Jobs being done. */
  running: number;
  /** Jobs waiting, and the ids they will read. */
  waiting: number;
  waitingTokens: number;
  /** Ids all threads together read a second, lately; null before the first job is done. */
  tokensPerSecond: number | null;
  /** Seconds until what waits will have begun; null before the first job is done. */
  secondsToWait: number | null;
}

/** @param threads how many share the work. */
export function loadOf<T extends Waiting>(
  queue: Queue<T>,
  pace: Pace,
  running: number,
  threads: number,
): Load {
  const one = pace.tokensPerSecond;
  const tokensPerSecond = one === null ? null : one * threads;
  return {
    running,
    waiting: queue.length,
    waitingTokens: queue.tokens,
    tokensPerSecond,
    secondsToWait: tokensPerSecond === null ? null : queue.tokens / tokensPerSecond,
  };
}
