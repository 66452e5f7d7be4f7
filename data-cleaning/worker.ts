import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { parentPort } from 'node:worker_threads';
import { DocType } from './filters/doc-type.js';
import type { Verdict } from './judge.js';
import { candidate, judge } from './judge.js';
import type { Fingerprint } from './near.js';
import { fingerprint } from './near.js';
import { type CorpusFile, parseRow, type Row, readLines } from './rows.js';

/** What a worker writes about a row, one a line, into the spool file of its input file. */
export interface Judged {
  row: { id: string; source: string; license: string };
  title: string;
  text: string;
  summary: string;
  verdict?: Verdict | undefined;
  print: Fingerprint;
}

export interface Task {
  kind: 'judge' | 'annotated';
  file: CorpusFile;
  spool: string;
  /** Annotated: only these rows are wanted. */
  ids?: Set<string>;
}

/** Filters that need no rendered document, and what they see instead. */
const CHEAP = [new DocType()];
const EMPTY = { title: '', text: '', blocks: [], summary: '', rawSummary: '', summaryCount: 0 };

async function run(task: Task): Promise<void> {
  const out = createWriteStream(task.spool);
  const counts = await summaryCounts(task.file);
  for await (const line of readLines(task.file.path)) {
    if (task.ids && !task.ids.has(line.slice(8, 24)) && !wanted(line, task.ids)) continue;
    const row = parseRow(line);
    const record = 'problem' in row ? broken(line, row.problem) : judged(row, counts, task.kind);
    if (!out.write(`${JSON.stringify(record)}\n`)) await once(out, 'drain');
  }
  out.end();
  await finished(out);
}

function wanted(line: string, ids: Set<string>): boolean {
  const row = parseRow(line);
  return 'id' in row && ids.has(row.id);
}

async function summaryCounts(file: CorpusFile): Promise<Map<string, number>> {
  const titles = new Map<string, Set<string>>();
  for await (const line of readLines(file.path)) {
    const row = parseRow(line);
    if ('problem' in row || !row.summary) continue;
    const key = plainKey(row.summary);
    titles.set(key, (titles.get(key) ?? new Set()).add(plainKey(row.title ?? row.id)));
  }
  return new Map([...titles].map(([key, set]) => [key, set.size]));
}

function plainKey(text: string): string {
  return text
    .toLowerCase()
    .replace(/\d+(?:[.,]\d+)*/g, '#')
    .replace(/\s+/g, ' ')
    .trim();
}

function judged(row: Row, counts: Map<string, number>, kind: Task['kind']): Judged {
  if (kind === 'judge' && row.doc_type) {
    const verdict = judge({ ...EMPTY, row }, CHEAP);
    if (verdict)
      return { row: head(row), title: '', text: '', summary: '', verdict, print: fingerprint('') };
  }
  const input = candidate(row, row.summary ? (counts.get(plainKey(row.summary)) ?? 1) : 0);
  const { title, text, rawSummary } = input;
  const summary = kind === 'judge' ? input.summary : rawSummary;
  return { row: head(row), title, text, summary, verdict: judge(input), print: fingerprint(text) };
}

function broken(line: string, problem: string): Judged {
  const verdict: Verdict = {
    severity: 'document',
    reason: 'broken_row',
    evidence: `${problem}: ${line.slice(0, 80)}`,
  };
  return {
    row: { id: '', source: '', license: '' },
    title: '',
    text: '',
    summary: '',
    verdict,
    print: fingerprint(''),
  };
}

function head({ id, source, license }: Row): Judged['row'] {
  return { id, source, license };
}

parentPort?.on('message', (task: Task) => {
  run(task).then(
    () => parentPort?.postMessage({ done: true }),
    (error: unknown) =>
      parentPort?.postMessage({ error: error instanceof Error ? error.message : String(error) }),
  );
});
