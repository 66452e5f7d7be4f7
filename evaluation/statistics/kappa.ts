import { bootstrap, type Estimate } from './bootstrap.js';

export type Pair<T> = readonly [first: T, second: T];

/**
 * Cohen's kappa (1960): agreement of two judges beyond what their habits alone would give, 1 at most.
 * 1 where both always say the same one thing. `weight`: how much of an agreement two different answers
 * are, 0 to 1 (Cohen 1968).
 */
export function kappa<T extends string>(
  pairs: readonly Pair<T>[],
  weight: (a: T, b: T) => number = (a, b) => Number(a === b),
): number {
  const n = pairs.length;
  const [first, second] = [tally(pairs.map(([a]) => a)), tally(pairs.map(([, b]) => b))];
  let observed = 0;
  for (const [a, b] of pairs) observed += weight(a, b) / n;
  let expected = 0;
  for (const [a, x] of first) {
    for (const [b, y] of second) expected += (weight(a, b) * x * y) / (n * n);
  }
  return expected === 1 ? observed : (observed - expected) / (1 - expected);
}

export function kappaWithInterval<T extends string>(
  pairs: readonly Pair<T>[],
  weight?: (a: T, b: T) => number,
): Estimate | null {
  return pairs.length === 0 ? null : bootstrap(pairs, (some) => kappa(some, weight));
}

function tally<T>(values: readonly T[]): Map<T, number> {
  const counts = new Map<T, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}
