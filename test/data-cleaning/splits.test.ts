import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { pathFamily } from '../../data-cleaning/splits/family.js';
import { manifest, splitOf } from '../../data-cleaning/splits/splits.js';

const family = (path: string, source = 'a/docs') => pathFamily({ source, path });

describe('pathFamily', () => {
  it('is the same for versions of a page', () => {
    expect(family('docs/v1.2/tides.md')).toBe(family('docs/2.0/tides.md'));
    expect(family('docs/latest/tides.md')).toBe(family('docs/release-4.1/tides.md'));
  });

  it('differs between pages and between sources', () => {
    expect(family('docs/v1.2/tides.md')).not.toBe(family('docs/v1.2/gauges.md'));
    expect(family('docs/tides.md')).not.toBe(family('docs/tides.md', 'b/docs'));
    expect(pathFamily({ source: 'a/docs' })).toBeUndefined();
  });
});

describe('splits', () => {
  const rows = Array.from({ length: 3000 }, (_, i) => ({
    id: `id${i}`,
    tier: i % 3 === 0 ? ('clean' as const) : ('loose' as const),
    cluster: `c${Math.floor(i / 2)}`,
  }));
  type Parts = Record<string, { count: number; sha256: string; ids: string[] }>;
  const made = manifest(rows, 1) as { clean: Parts; loose: Parts; seed: number };

  it('hold every pair once, about 2 % in dev and in test', () => {
    const ids = [...Object.values(made.clean), ...Object.values(made.loose)].flatMap((p) => p.ids);
    expect(ids.sort()).toEqual(rows.map(({ id }) => id).sort());
    for (const name of ['dev', 'test']) {
      const share = ((made.clean[name]?.count ?? 0) + (made.loose[name]?.count ?? 0)) / rows.length;
      expect(share).toBeGreaterThan(0.008);
      expect(share).toBeLessThan(0.035);
    }
  });

  it('keep clusters whole, through both tiers', () => {
    const where = new Map<string, string>();
    for (const tier of [made.clean, made.loose]) {
      for (const [split, { ids }] of Object.entries(tier)) {
        for (const id of ids) {
          const cluster = `c${Math.floor(Number(id.slice(2)) / 2)}`;
          expect(where.get(cluster) ?? split).toBe(split);
          where.set(cluster, split);
        }
      }
    }
  });

  it('depend on the seed and not on the order, and carry the hash of their ids', () => {
    expect(manifest([...rows].reverse(), 1)).toEqual(made);
    expect(manifest(rows, 2)).not.toEqual({ ...made, seed: 2 });
    const dev = made.loose.dev as Parts[string];
    expect(dev.sha256).toBe(createHash('sha256').update(dev.ids.join('\n')).digest('hex'));
  });

  it('leave a cluster where it is when data is added', () => {
    expect(splitOf('c1', 1)).toBe(splitOf('c1', 1));
    const before = rows.slice(0, 100).map(({ cluster }) => splitOf(cluster, 1));
    const after = manifest(rows, 1) as { clean: Parts; loose: Parts };
    rows.slice(0, 100).forEach(({ id, tier }, at) => {
      expect(after[tier][before[at] as string]?.ids).toContain(id);
    });
  });
});
