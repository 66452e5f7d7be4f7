import { capped } from './balance/cap.js';
import type { Groups } from './duplicates/groups.js';
import { unpacked } from './duplicates/minhash.js';
import { NearGroups } from './duplicates/near-groups.js';
import type { NearCopies } from './duplicates/reserved.js';
import { LOW_SCORE } from './judge.js';
import type { Output } from './output.js';
import { bestOf, type Entry, labelOf, standingOf } from './placement/entry.js';
import type { CorpusFile } from './rows.js';
import { pathFamily } from './splits/family.js';
import { clusterKeys, manifest, splitOf } from './splits/splits.js';
import type { Judged } from './worker.js';

export type Tier = 'clean' | 'loose' | 'prose' | 'rejects';
export type Outputs = Record<Tier, Output>;

/** What became of a row: `kept` for the clean ones, else why it is not among them. */
export interface Outcome {
  reason: string;
  evidence: string;
  /** The outputs that hold the row. */
  tiers: Tier[];
}

/** Reasons that no filter gives, in the order they are asked after the filters. */
export const PLACING: readonly { reason: string; description: string }[] = [
  {
    reason: LOW_SCORE,
    description:
      'Sets apart pairs that no filter minds but the learned score does; the lowest are dropped.',
  },
  {
    reason: 'duplicate',
    description:
      'Drops pairs whose document is a near copy of another, or whose title and summary another has: the one of the best score stays.',
  },
  {
    reason: 'source_cap',
    description: 'Sets apart the lowest scored pairs of a source that has more than its share.',
  },
  {
    reason: 'contaminates_annotated',
    description:
      'Drops near copies of annotated dev and test documents, asked last: training must not see them.',
  },
];

export interface PlacementOptions {
  seed: number;
  /** Near copies of these are kept out of training. Complete before the first `see`. */
  reserved: NearCopies;
}

/**
 * Decides where rows go by looking at all of them. Call it with the same rows in the same order
 * twice, whatever the number of workers:
 *
 *     for each row  placement.see(record)                  remember what comparing needs
 *     placement.settle()                                   clusters, caps, splits
 *     for each row  await placement.place(record, file)    write it
 *     placement.splits()                                   becomes splits.json
 *
 * What is kept does not depend on the order. Rows have no unique id (a corpus may repeat one): the
 * calls are counted. Holds some 700 bytes a row between the passes, no texts.
 */
export class Placement {
  private readonly entries: Entry[] = [];
  private readonly near = new NearGroups();
  private keys = new Map<Entry, string>();
  private placed = 0;

  constructor(
    private readonly outputs: Outputs,
    private readonly options: PlacementOptions,
  ) {}

  /** First pass. */
  see(record: Judged): void {
    const { row, verdict, print, score = -1 } = record;
    const entry: Entry = { id: row.id, source: row.source, score, standing: standingOf(verdict) };
    this.entries.push(entry);
    if (entry.standing === 'dropped') return;
    const copy = this.options.reserved.find(print);
    if (copy) {
      entry.standing = 'dropped';
      entry.copyOf = `${(copy.share * 100).toFixed(0)} % of ${copy.id}`;
      return;
    }
    entry.number = this.near.add(print.exact, unpacked(record.signature ?? ''));
    entry.label = labelOf(record);
    entry.family = pathFamily(row);
  }

  /** Between the passes, once. */
  settle(): void {
    const known = this.entries.filter(({ number }) => number !== undefined);
    const bodies = this.near.groups();
    for (const [, members] of grouped(known, bodies)) bestOf(members).prose = true;
    const pairs = bodies.copy();
    const isPair = ({ standing }: Entry) => standing === 'clean' || standing === 'loose';
    joinEqual(known.filter(isPair), ({ label }) => label, pairs);
    for (const [, members] of grouped(known.filter(isPair), pairs)) {
      const best = bestOf(members);
      for (const entry of members) if (entry !== best) entry.duplicateOf = best.id;
    }
    const rivals = known.filter((entry) => isPair(entry) && entry.duplicateOf === undefined);
    const clean = rivals.filter(({ standing }) => standing === 'clean');
    const kept = capped(clean);
    for (const entry of clean) entry.tier = kept.has(entry) ? 'clean' : undefined;
    const rest = rivals.filter((entry) => entry.tier !== 'clean');
    const loose = capped(rest);
    for (const entry of rest) entry.tier = loose.has(entry) ? 'loose' : undefined;
    joinEqual(known, ({ family }) => family, pairs);
    this.keys = clusterKeys(known, pairs);
  }

  /** Second pass: writes the row where it belongs. */
  async place(record: Judged, { group, file }: CorpusFile): Promise<Outcome> {
    const entry = this.entries[this.placed++] as Entry;
    const { row, title, text, summary, verdict, verdicts = [], score } = record;
    const { id, source, license } = row;
    const { outputs } = this;
    const document = { id, source, group, file, license, title, text };
    const tiers: Tier[] = [];
    const reasons = verdicts.map((one) => one.reason);
    const cluster = this.keys.get(entry);
    const place = cluster === undefined ? {} : { cluster, split: this.splitOf(cluster) };
    if (entry.prose) {
      tiers.push('prose');
      await outputs.prose.write({ ...document, ...place });
    }
    if (entry.tier === 'clean') {
      const overruled = reasons.length > 0 ? { overruled: reasons } : {};
      await outputs.clean.write({ ...document, summary, score, ...overruled, ...place });
      return { reason: 'kept', evidence: '', tiers: ['clean', ...tiers] };
    }
    const { reason, evidence } = this.why(entry, verdict);
    if (entry.tier === 'loose') {
      tiers.push('loose');
      await outputs.loose.write({ ...document, summary, reason, score, ...place });
    }
    const facts = { reason, evidence, reasons, ...(score === undefined ? {} : { score }) };
    await outputs.rejects.write({ id, source, group, file, ...facts });
    return { reason, evidence, tiers: [...tiers, 'rejects'] };
  }

  /** What splits.json says. */
  splits(): object {
    const rows = this.entries.flatMap(({ id, tier }, at) => {
      const cluster = this.keys.get(this.entries[at] as Entry);
      return tier && cluster !== undefined ? [{ id, tier, cluster }] : [];
    });
    return manifest(rows, this.options.seed);
  }

  private splitOf(cluster: string): string {
    return splitOf(cluster, this.options.seed);
  }

  /** The first reason that keeps a row out of clean: filters and score, then what other rows say. */
  private why(entry: Entry, verdict: Judged['verdict']): { reason: string; evidence: string } {
    const { duplicateOf, copyOf } = entry;
    if (verdict) {
      const more = copyOf ? `; ${copyOf}` : '';
      return { reason: verdict.reason, evidence: `${verdict.evidence}${more}` };
    }
    if (duplicateOf !== undefined)
      return { reason: 'duplicate', evidence: `${duplicateOf} has this document or summary` };
    if (copyOf) return { reason: 'contaminates_annotated', evidence: copyOf };
    return { reason: 'source_cap', evidence: `${entry.source} has pairs of higher score` };
  }
}

/** Entries by their group. */
function grouped(entries: readonly Entry[], groups: Groups): Map<number, Entry[]> {
  const found = new Map<number, Entry[]>();
  for (const entry of entries) {
    const group = groups.find(entry.number as number);
    const members = found.get(group);
    if (members) members.push(entry);
    else found.set(group, [entry]);
  }
  return found;
}

/** Joins the groups of entries that have the same key. */
function joinEqual(
  entries: readonly Entry[],
  keyOf: (entry: Entry) => number | undefined,
  groups: Groups,
): void {
  const first = new Map<number, number>();
  for (const entry of entries) {
    const key = keyOf(entry);
    if (key === undefined) continue;
    const number = entry.number as number;
    const other = first.get(key);
    if (other === undefined) first.set(key, number);
    else groups.join(other, number);
  }
}
