import { createHash } from 'node:crypto';
import type { Groups } from '../duplicates/groups.js';
import { hash32 } from '../words.js';

/** Shares of the clusters. The annotated sets are the real measure: these are for watching training. */
export const SPLITS = { train: 0.96, dev: 0.02, test: 0.02 } as const;
export type SplitName = keyof typeof SPLITS;

/** The split of a cluster, by its key and the seed alone: more data moves no cluster. */
export function splitOf(cluster: string, seed: number): SplitName {
  let rest = hash32(`${seed} ${cluster}`) / 2 ** 32;
  for (const [name, share] of Object.entries(SPLITS)) {
    if (rest < share) return name as SplitName;
    rest -= share;
  }
  return 'train';
}

/** Each member's cluster, named by the smallest id in it. */
export function clusterKeys<T extends { id: string; number?: number }>(
  members: readonly T[],
  groups: Groups,
): Map<T, string> {
  const smallest = new Map<number, string>();
  for (const { id, number } of members) {
    const group = groups.find(number as number);
    const known = smallest.get(group);
    if (known === undefined || id < known) smallest.set(group, id);
  }
  return new Map(
    members.map((member) => [member, smallest.get(groups.find(member.number as number)) as string]),
  );
}

interface Part {
  count: number;
  clusters: number;
  /** Of the ids, sorted, one a line. */
  sha256: string;
  ids: string[];
}

/**
 * splits.json: the clean and the loose pairs by split. A cluster (near copies, versions of a page,
 * pairs of the same title and summary) lies in one split whole.
 */
export function manifest(
  rows: readonly { id: string; tier: 'clean' | 'loose'; cluster: string }[],
  seed: number,
): object {
  const tier = (name: 'clean' | 'loose'): Record<string, Part> => {
    const own = rows.filter((row) => row.tier === name);
    return Object.fromEntries(
      Object.keys(SPLITS).map((split) => {
        const part = own.filter(({ cluster }) => splitOf(cluster, seed) === split);
        const ids = part.map(({ id }) => id).sort();
        const clusters = new Set(part.map(({ cluster }) => cluster)).size;
        const sha256 = createHash('sha256').update(ids.join('\n')).digest('hex');
        return [split, { count: ids.length, clusters, sha256, ids }];
      }),
    );
  };
  return { seed, unit: 'cluster', shares: SPLITS, clean: tier('clean'), loose: tier('loose') };
}
