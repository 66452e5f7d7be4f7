import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { z } from 'zod';
import { FILTERS } from '../filters/index.js';
import { rewrite } from '../rewrites.js';
import { readLines } from '../rows.js';
import type { Pair } from './features.js';

/** A pair with the annotator's verdict on it. */
export interface Labelled extends Pair {
  id: string;
  source: string;
  /** The document is suitable and its author's summary good. */
  good: boolean;
  /** Reasons of the filters that object. */
  reasons: string[];
}

const row = z.looseObject({
  id: z.string(),
  source: z.string(),
  title: z.string(),
  text: z.string(),
  author_summary: z.string().nullish(),
  suitable: z.boolean(),
  author: z.string(),
  verdicts: z.array(z.looseObject({ reason: z.string() })),
});

const GRAVITY = new Map(FILTERS.map(({ reason, severity }) => [reason, severity]));

/** Whether a reason is one of style, which the score may overrule. */
export const isStyle = (reason: string): boolean => GRAVITY.get(reason) === 'style';

/** Annotated pairs with a summary of one split, from a run's output folder. */
export async function readLabelled(
  folder: string,
  split: string,
): Promise<{ pairs: Labelled[]; sha256: string }> {
  const pairs: Labelled[] = [];
  const hash = createHash('sha256');
  for await (const line of readLines(join(folder, `annotated-${split}.jsonl.zst`))) {
    const found = row.safeParse(JSON.parse(line));
    if (!found.success) {
      const path = found.error.issues[0]?.path.join('.');
      throw new Error(
        `annotated-${split}.jsonl.zst: ${path}: not as this version writes it; run precis-clean run --annotated again`,
      );
    }
    const { id, source, title, text, author_summary, suitable, author, verdicts } = found.data;
    if (!author_summary) continue;
    const summary = rewrite(author_summary).text;
    const reasons = verdicts.map(({ reason }) => reason);
    const good = suitable && author === 'good';
    pairs.push({ id, source, title, text, summary, rawSummary: author_summary, good, reasons });
    hash.update(`${id} ${good}\n`);
  }
  return { pairs, sha256: hash.digest('hex') };
}
