import type { Estimate } from './bootstrap.js';

/** A share of some documents with its 95 % interval; `count` of `of`. */
export interface Share extends Estimate {
  count: number;
  of: number;
}

/** 95 % of the normal distribution. */
const Z = 1.96;

/** Wilson's score interval (1927): it also tells something of 0 of 100; null of nothing. */
export function share(count: number, of: number): Share | null {
  if (of === 0) return null;
  const value = count / of;
  const z2 = (Z * Z) / of;
  const middle = (value + z2 / 2) / (1 + z2);
  const half = (Z * Math.sqrt((value * (1 - value)) / of + z2 / (4 * of))) / (1 + z2);
  const low = count === 0 ? 0 : middle - half;
  const high = count === of ? 1 : middle + half;
  return { count, of, value, low, high };
}
