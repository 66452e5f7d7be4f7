/** A figure with its 95 % interval. */
export interface Estimate {
  value: number;
  low: number;
  high: number;
}

export const SAMPLES = 1000;

/** Mulberry32: a small generator with a seed, so that a report made again is the same. */
export function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** Draws with replacement from 0..n-1, n at a time. */
export function* resamples(n: number, times = SAMPLES, seed = 1): Generator<Uint32Array> {
  const random = generator(seed);
  const drawn = new Uint32Array(n);
  for (let i = 0; i < times; i++) {
    for (let j = 0; j < n; j++) drawn[j] = Math.floor(random() * n);
    yield drawn;
  }
}

/** Percentile bootstrap (Efron & Tibshirani 1993, ch. 13) of any statistic of a list's items. */
export function bootstrap<T>(
  items: readonly T[],
  statistic: (items: readonly T[]) => number,
  times = SAMPLES,
): Estimate {
  const values: number[] = [];
  for (const drawn of resamples(items.length, times)) {
    values.push(statistic(Array.from(drawn, (i) => items[i] as T)));
  }
  const [low, high] = interval(values);
  return { value: statistic(items), low, high };
}

/** Mean with its bootstrap interval; null of nothing. */
export function meanOf(values: readonly number[], times = SAMPLES): Estimate | null {
  if (values.length === 0) return null;
  const means: number[] = [];
  for (const drawn of resamples(values.length, times)) {
    let sum = 0;
    for (const i of drawn) sum += values[i] as number;
    means.push(sum / values.length);
  }
  const [low, high] = interval(means);
  return { value: mean(values), low, high };
}

/** The middle 95 % of some values; those that are not finite are left out. */
export function interval(values: readonly number[]): [number, number] {
  const sorted = values.filter(Number.isFinite).sort((a, b) => a - b);
  return [quantile(sorted, 0.025), quantile(sorted, 0.975)];
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function quantile(sorted: readonly number[], q: number): number {
  if (sorted.length === 0) return Number.NaN;
  const at = q * (sorted.length - 1);
  const low = sorted[Math.floor(at)] as number;
  const high = sorted[Math.ceil(at)] as number;
  return low + (high - low) * (at - Math.floor(at));
}
