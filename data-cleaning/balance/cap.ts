/**
 * Most of the pairs of one set that may come from one source: no house style shall rule.
 * Source: issue 4.
 */
export const SOURCE_SHARE = 0.08;

/**
 * The largest number of pairs a source such that no source has more than `share` of what is left
 * when the larger ones are cut to it. Fewer than 1 / share sources cannot fulfil that: nothing is cut.
 */
export function sourceCap(counts: Iterable<number>, share = SOURCE_SHARE): number {
  const sizes = [...counts].filter((size) => size > 0);
  const fits = (cap: number): boolean =>
    cap <= share * sizes.reduce((sum, size) => sum + Math.min(size, cap), 0);
  const most = sizes.reduce((max, size) => Math.max(max, size), 0);
  if (sizes.length < 1 / share || fits(most)) return most;
  let low = 1;
  let high = most;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (fits(middle)) low = middle;
    else high = middle;
  }
  return low;
}

export interface Ranked {
  source: string;
  /** Higher is better. */
  score: number;
  id: string;
}

/** Best first, by score and then by id: an order that no order of the input changes. */
export function byRank(a: Ranked, b: Ranked): number {
  return b.score - a.score || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0);
}

/** The pairs that stay when every source is cut to its best `sourceCap`. */
export function capped<T extends Ranked>(pairs: readonly T[], share = SOURCE_SHARE): Set<T> {
  const counts = new Map<string, number>();
  for (const { source } of pairs) counts.set(source, (counts.get(source) ?? 0) + 1);
  const cap = sourceCap(counts.values(), share);
  const taken = new Map<string, number>();
  const kept = new Set<T>();
  for (const pair of [...pairs].sort(byRank)) {
    const count = taken.get(pair.source) ?? 0;
    if (count >= cap) continue;
    taken.set(pair.source, count + 1);
    kept.add(pair);
  }
  return kept;
}
