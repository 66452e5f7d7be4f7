import { join } from 'node:path';
import { z } from 'zod';
import { Failure } from '../../cli/failure.js';
import { candidate } from '../judge.js';
import { Output } from '../output.js';
import { readDone } from '../resume/done.js';
import { corpusFiles, readLines } from '../rows.js';
import { SUMMARY_FIELDS } from '../sources/folder.js';
import { readRows } from '../sources/read.js';
import { Draw } from './draw.js';
import { recipe, type Told } from './recipe.js';

export interface SubsetOptions {
  name: string;
  size: number;
  seed: number;
  out: string;
}

const told = z.object({
  id: z.string(),
  group: z.string(),
  file: z.string(),
  reason: z.string().optional(),
  reasons: z.array(z.string()).optional(),
  overruled: z.array(z.string()).optional(),
});

/**
 * Writes a subset of a finished run's input as training pairs `{id, source, group, file, license,
 * title, text, summary}`, sorted by file and id. Documents are read again from the run's inputs:
 * the outputs do not hold the texts of what was dropped. The summaries of `raw` are the authors' own.
 *
 * @throws Failure where the folder holds no finished run, RangeError for an unknown name or a size
 * that there is not.
 */
export async function subset(folder: string, options: SubsetOptions): Promise<number> {
  const { name, size, seed, out } = options;
  const wanted = recipe(name);
  const done = await readDone(folder);
  if (!done)
    throw new Failure(`${folder} holds no finished run; precis-clean run … --out ${folder}`);
  const draw = new Draw(size, seed);
  for await (const row of rowsOf(folder)) if (wanted(row)) draw.add(row);
  const byFile = new Map<string, Set<string>>();
  for (const { group, file, id } of draw.drawn()) {
    const key = `${group}/${file}`;
    byFile.set(key, (byFile.get(key) ?? new Set()).add(id));
  }
  const folderOptions = {
    ...done.options,
    summaryFields: done.options.summaryFields ?? SUMMARY_FIELDS,
  };
  const output = new Output(out);
  try {
    for (const corpus of await corpusFiles(done.inputs, done.options)) {
      const { group, file } = corpus;
      const ids = byFile.get(`${group}/${file}`);
      if (!ids) continue;
      for await (const row of readRows(corpus, folderOptions)) {
        if ('problem' in row || !ids.delete(row.id)) continue;
        const { id, source, license } = row;
        const { title, text, summary, rawSummary } = candidate(row, 1);
        const pair = { title, text, summary: name === 'raw' ? rawSummary.trim() : summary };
        await output.write({ id, source, group, file, license, ...pair });
      }
      if (ids.size > 0) throw new Failure(`${corpus.path} lacks ${[...ids][0]}: has it changed?`);
    }
    await output.close();
    await output.publish();
    return output.count;
  } catch (error) {
    await output.abort();
    throw error;
  }
}

/** All rows of a run with what was found against them. */
async function* rowsOf(folder: string): AsyncGenerator<Told> {
  for (const [tier, reason] of [
    ['rejects', undefined],
    ['clean', 'kept'],
  ] as const) {
    for await (const line of readLines(join(folder, `${tier}.jsonl.zst`))) {
      const row = told.parse(JSON.parse(line));
      const { id, group, file } = row;
      const reasons = row.reasons ?? row.overruled ?? [];
      yield { id, group, file, reason: reason ?? row.reason ?? '', reasons };
    }
  }
}
