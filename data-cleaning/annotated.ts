import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { readLines } from './rows.js';

export const annotatedRow = z.looseObject({
  id: z.string(),
  group: z.string(),
  file: z.string(),
  suitable: z.boolean(),
  kind: z.string(),
  author: z.string(),
  summary: z.string().nullish(),
  plain: z.string().nullish(),
});
export type AnnotatedRow = z.infer<typeof annotatedRow>;
export type Split = { name: string; rows: AnnotatedRow[] };

/** Splits whose documents are kept away from training. */
export const RESERVED = ['dev', 'test'];

export async function readAnnotated(folder: string): Promise<Split[]> {
  const splits: Split[] = [];
  for (const name of (await readdir(folder)).filter((file) => file.endsWith('.jsonl')).sort()) {
    const rows: AnnotatedRow[] = [];
    for await (const line of readLines(join(folder, name))) {
      const row = annotatedRow.safeParse(JSON.parse(line));
      if (!row.success)
        throw new Error(
          `${name}: ${row.error.issues[0]?.path.join('.')}: ${row.error.issues[0]?.message}`,
        );
      rows.push(row.data);
    }
    splits.push({ name: name.replace('.jsonl', ''), rows });
  }
  if (splits.length === 0) throw new Error(`no .jsonl files in ${folder}`);
  return splits;
}
