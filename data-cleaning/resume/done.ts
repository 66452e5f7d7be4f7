import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const manifest = z.object({ rows: z.number(), bytes: z.number(), sha256: z.string() });

/** What a finished run leaves in `DONE`. */
const schema = z.object({
  /** Of the program, the inputs' bytes and the options. */
  identity: z.string(),
  rows: z.number(),
  clean: z.number(),
  loose: z.number(),
  prose: z.number(),
  reasons: z.record(z.string(), z.number()),
  outputs: z.record(z.string(), manifest),
  /** Absolute paths and options, for `explain`. */
  inputs: z.array(z.string()),
  options: z.object({
    seed: z.number(),
    documents: z.boolean(),
    summaryFields: z.array(z.string()),
    source: z.string().optional(),
    license: z.string().optional(),
  }),
  seconds: z.number(),
});
export type Done = z.infer<typeof schema>;

/** What the last finished run said; undefined where there was none, or an older program wrote it. */
export async function readDone(out: string): Promise<Done | undefined> {
  try {
    return schema.parse(JSON.parse(await readFile(join(out, 'DONE'), 'utf8')));
  } catch {
    return undefined;
  }
}

/** Whether all its outputs are still there, with the sizes they had. */
export async function intact(out: string, { outputs }: Done): Promise<boolean> {
  for (const [name, { bytes }] of Object.entries(outputs)) {
    const size = (await stat(join(out, name)).catch(() => undefined))?.size;
    if (size !== bytes) return false;
  }
  return true;
}
