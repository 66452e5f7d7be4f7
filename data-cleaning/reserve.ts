import { join } from 'node:path';
import { RESERVED, type Split } from './annotated.js';
import type { NearCopies } from './near.js';
import { Output } from './output.js';
import type { CorpusFile } from './rows.js';
import { spooled } from './spool.js';
import type { Judged } from './worker.js';
import type { Workers } from './workers.js';

/** Renders the annotated documents, writes a file a split, and reserves those of dev and test. */
export async function writeAnnotated(
  splits: Split[],
  files: CorpusFile[],
  spools: string,
  workers: Workers,
  out: string,
  reserved: NearCopies,
): Promise<void> {
  const wanted = new Map<string, Set<string>>();
  for (const row of splits.flatMap((split) => split.rows)) {
    const key = `${row.group}/${row.file}`;
    wanted.set(key, (wanted.get(key) ?? new Set()).add(row.id));
  }
  const found = new Map<string, Judged>();
  const jobs = files.map(async (file, index) => {
    const ids = wanted.get(`${file.group}/${file.file}`);
    if (!ids) return;
    const spool = join(spools, `annotated-${index}.jsonl`);
    await workers.run({ kind: 'annotated', file, spool, ids });
    for await (const record of spooled(spool))
      found.set(`${file.group}/${file.file}/${record.row.id}`, record);
  });
  await Promise.all(jobs);
  for (const split of splits) {
    const output = new Output(join(out, `annotated-${split.name}.jsonl.zst`));
    for (const row of split.rows) {
      const record = found.get(`${row.group}/${row.file}/${row.id}`);
      if (!record) continue;
      const { id, group, file, suitable, kind, author, summary, plain } = row;
      const { title, text } = record;
      const { source, license } = record.row;
      const author_summary = record.summary || null;
      const verdict = record.verdict ?? null;
      await output.write({
        id,
        group,
        file,
        source,
        license,
        title,
        text,
        author_summary,
        suitable,
        kind,
        author,
        summary,
        plain,
        verdict,
      });
      if (RESERVED.includes(split.name)) reserved.add(id, record.print);
    }
    await output.close();
  }
}
