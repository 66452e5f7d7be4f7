import { mkdir, rm, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { RESERVED, readAnnotated, type Split } from './annotated.js';
import { NearCopies } from './near.js';
import { Output } from './output.js';
import { type CorpusFile, corpusFiles, readLines } from './rows.js';
import type { Judged } from './worker.js';
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

async function* spooled(path: string): AsyncGenerator<Judged> {
  for await (const line of readLines(path)) yield JSON.parse(line) as Judged;
  await rm(path, { force: true });
}

async function writeAnnotated(
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
  ) as Record<(typeof names)[number], Output>;
  const reasons: Record<string, number> = {};
  const seen = { pairs: new Set<string>(), prose: new Set<string>() };
  const jobs = files.map((file, index) =>
    workers.run({ kind: 'judge', file, spool: join(spools, `${index}.jsonl`) }),
  );
  let rows = 0;
  const started = Date.now();
  for (const [index, file] of files.entries()) {
    await jobs[index];
    for await (const record of spooled(join(spools, `${index}.jsonl`))) {
      rows++;
      const reason = await place(record, file, outputs, seen, reserved);
      reasons[reason] = (reasons[reason] ?? 0) + 1;
    }
    const seconds = ((Date.now() - started) / 1000).toFixed(0);
    log(
      `${index + 1}/${files.length} ${file.group}/${file.file} rows ${rows} clean ${outputs.clean.count} prose ${outputs.prose.count} ${seconds} s`,
    );
  }
  for (const name of names) await outputs[name].close();
  const { clean, loose, prose } = outputs;
  return { rows, clean: clean.count, loose: loose.count, prose: prose.count, reasons };
}

/** Writes a row where it belongs and returns its reason, `kept` for the clean ones. */
async function place(
  record: Judged,
  { group, file }: CorpusFile,
  outputs: Record<'clean' | 'loose' | 'prose' | 'rejects', Output>,
  seen: { pairs: Set<string>; prose: Set<string> },
  reserved: NearCopies,
): Promise<string> {
  const { row, title, text, summary, verdict, print } = record;
  const { id, source, license } = row;
  const document = { id, source, group, file, license, title, text };
  const reject = async (reason: string, evidence: string) => {
    await outputs.rejects.write({ id, source, group, file, reason, evidence });
    return reason;
  };
  if (verdict?.severity === 'document') return reject(verdict.reason, verdict.evidence);
  const copy = reserved.find(print);
  if (copy) {
    const evidence = `${(copy.share * 100).toFixed(0)} % of ${copy.id}; otherwise ${verdict?.reason ?? 'kept'}`;
    return reject('contaminates_annotated', evidence);
  }
  if (!seen.prose.has(print.exact)) {
    seen.prose.add(print.exact);
    await outputs.prose.write(document);
  }
  if (verdict?.severity === 'summary') return reject(verdict.reason, verdict.evidence);
  if (seen.pairs.has(print.exact)) return reject('duplicate', 'another pair has this body');
  const label = `${file}\n${title}\n${summary}`;
  if (seen.pairs.has(label)) return reject('duplicate', 'another page has this title and summary');
  seen.pairs.add(print.exact).add(label);
  if (verdict) {
    await outputs.loose.write({ ...document, summary, reason: verdict.reason });
    return reject(verdict.reason, verdict.evidence);
  }
  await outputs.clean.write({ ...document, summary });
  return 'kept';
}
