import { mkdir, rm, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { readAnnotated } from './annotated.js';
import { NearCopies } from './near.js';
import { Output } from './output.js';
import { type Outputs, Placement } from './place.js';
import { writeAnnotated } from './reserve.js';
import { type CorpusFile, corpusFiles } from './rows.js';
import { spooled } from './spool.js';
import { Workers } from './workers.js';

export interface RunOptions {
  out: string;
  annotated?: string | undefined;
  workers?: number;
  log?: (message: string) => void;
}

export interface RunResult {
  rows: number;
  clean: number;
  loose: number;
  prose: number;
  reasons: Record<string, number>;
}

export async function run(inputs: string[], options: RunOptions): Promise<RunResult> {
  const log = options.log ?? (() => {});
  const files = await corpusFiles(inputs);
  const spools = join(options.out, '.spool');
  await mkdir(spools, { recursive: true });
  await rm(join(options.out, 'DONE'), { force: true });
  const workers = new Workers(options.workers ?? Math.max(1, Math.min(4, availableParallelism())));
  try {
    const reserved = new NearCopies();
    if (options.annotated) {
      const splits = await readAnnotated(options.annotated);
      await writeAnnotated(splits, files, spools, workers, options.out, reserved);
      log('annotated documents written');
    }
    const result = await writeAll(files, spools, workers, options.out, reserved, log);
    await writeFile(join(options.out, 'DONE'), `${JSON.stringify(result, null, 2)}\n`);
    return result;
  } finally {
    await workers.close();
    await rm(spools, { recursive: true, force: true });
  }
}

async function writeAll(
  files: CorpusFile[],
  spools: string,
  workers: Workers,
  out: string,
  reserved: NearCopies,
  log: (message: string) => void,
): Promise<RunResult> {
  const names = ['clean', 'loose', 'prose', 'rejects'] as const;
  const outputs = Object.fromEntries(
    names.map((name) => [name, new Output(join(out, `${name}.jsonl.zst`))]),
  ) as Outputs;
  const jobs = files.map((file, index) =>
    workers.run({ kind: 'judge', file, spool: join(spools, `${index}.jsonl`) }),
  );
  try {
    const result = await placeAll(files, jobs, spools, outputs, reserved, out, log);
    for (const name of names) await outputs[name].close();
    return result;
  } catch (error) {
    for (const name of names) await outputs[name].abort();
    throw error;
  }
}

async function placeAll(
  files: CorpusFile[],
  jobs: Promise<void>[],
  spools: string,
  outputs: Outputs,
  reserved: NearCopies,
  out: string,
  log: (message: string) => void,
): Promise<RunResult> {
  const reasons: Record<string, number> = {};
  const placement = new Placement(outputs, { seed: 1, reserved });
  const { clean, loose, prose } = outputs;
  let rows = 0;
  const started = Date.now();
  for (const [index, file] of files.entries()) {
    await jobs[index];
    for await (const record of spooled(join(spools, `${index}.jsonl`))) placement.see(record, file);
  }
  placement.settle();
  for (const [index, file] of files.entries()) {
    for await (const record of spooled(join(spools, `${index}.jsonl`))) {
      rows++;
      const { reason } = await placement.place(record, file);
      reasons[reason] = (reasons[reason] ?? 0) + 1;
    }
    const seconds = ((Date.now() - started) / 1000).toFixed(0);
    const counts = `rows ${rows} clean ${clean.count} prose ${prose.count}`;
    log(`${index + 1}/${files.length} ${file.group}/${file.file} ${counts} ${seconds} s`);
  }
  await writeFile(join(out, 'splits.json'), `${JSON.stringify(placement.splits(), null, 2)}\n`);
  return { rows, clean: clean.count, loose: loose.count, prose: prose.count, reasons };
}
