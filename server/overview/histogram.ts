import type { MetricObjectWithValues, MetricValueWithName } from 'prom-client';

export type Values = MetricObjectWithValues<MetricValueWithName<string>>['values'];

/** Observations in buckets: `counts[i]` are at most `bounds[i]` seconds and above the bound before. */
export interface Distribution {
  bounds: number[];
  counts: number[];
}

/** Buckets of a histogram of prom-client, added up over all series whose labels are wanted. */
export function distribution(
  values: Values,
  wanted: (labels: { [name: string]: string | number | undefined }) => boolean = () => true,
): Distribution {
  const cumulative = new Map<number, number>();
  for (const { metricName, labels, value } of values) {
    if (!metricName?.endsWith('_bucket') || !wanted(labels)) continue;
    const { le } = labels as { le?: string | number };
    const bound = le === '+Inf' ? Number.POSITIVE_INFINITY : Number(le);
    cumulative.set(bound, (cumulative.get(bound) ?? 0) + value);
  }
  const sorted = [...cumulative].sort(([a], [b]) => a - b);
  const counts = sorted.map(([, value], index) => value - (sorted[index - 1]?.[1] ?? 0));
  return { bounds: sorted.map(([bound]) => bound), counts };
}

export const total = ({ counts }: Distribution) => counts.reduce((sum, count) => sum + count, 0);

/** What came since `before`, an earlier state of the same histogram. */
export function since(before: Distribution | undefined, now: Distribution): Distribution {
  const counts = now.counts.map((count, index) => count - (before?.counts[index] ?? 0));
  return { bounds: now.bounds, counts };
}

/**
 * Seconds below which the share `q` of observations lies, interpolated within its bucket as
 * Prometheus' `histogram_quantile` does; null without observations.
 */
export function quantile(of: Distribution, q: number): number | null {
  const all = total(of);
  if (all === 0) return null;
  const rank = q * all;
  let below = 0;
  for (const [index, count] of of.counts.entries()) {
    const start = of.bounds[index - 1] ?? 0;
    const end = of.bounds[index] ?? start;
    if (count > 0 && below + count >= rank) {
      // Beyond the last bound nothing is known but that it was longer.
      return Number.isFinite(end) ? start + (end - start) * ((rank - below) / count) : start;
    }
    below += count;
  }
  return null;
}
