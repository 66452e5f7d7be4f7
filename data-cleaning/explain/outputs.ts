import { join } from 'node:path';
import type { Tier } from '../place.js';
import { readLines } from '../rows.js';

/** A record of an output, without the document itself. */
export interface Ending {
  tier: Tier;
  group: string;
  file: string;
  source: string;
  /** All else that was written of it: reason, evidence, score, cluster, split. */
  facts: Record<string, unknown>;
}

const TIERS: Tier[] = ['rejects', 'clean', 'loose', 'prose'];
const TEXTS = new Set(['id', 'group', 'file', 'source', 'title', 'text', 'summary', 'license']);

/** Where documents with this id ended. */
export async function endings(out: string, id: string): Promise<Ending[]> {
  const found: Ending[] = [];
  const start = `{"id":${JSON.stringify(id)},`;
  for (const tier of TIERS) {
    for await (const line of readLines(join(out, `${tier}.jsonl.zst`))) {
      if (!line.startsWith(start)) continue;
      const record = JSON.parse(line) as Record<string, unknown>;
      const facts = Object.fromEntries(Object.entries(record).filter(([key]) => !TEXTS.has(key)));
      const text = (key: string) => String(record[key] ?? '');
      found.push({ tier, group: text('group'), file: text('file'), source: text('source'), facts });
    }
  }
  return found;
}
