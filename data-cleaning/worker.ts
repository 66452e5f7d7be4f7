import { parentPort } from 'node:worker_threads';
import { packed, signature } from './duplicates/minhash.js';
import { type Fingerprint, fingerprint } from './duplicates/reserved.js';
import type { Candidate } from './filter.js';
import { DocType } from './filters/doc-type.js';
import { assess, candidate, type Verdict, verdicts } from './judge.js';
import { type Shape, shapeOf } from './report/shape.js';
import { rewrite } from './rewrites.js';
import type { Row } from './rows.js';
import type { CorpusFile } from './sources/corpus.js';
import type { FolderOptions } from './sources/folder.js';
import { type Broken, readRows } from './sources/read.js';
import { SpoolWriter } from './spool.js';
import { SummaryCounts } from './summary-counts.js';
import { words } from './words.js';

/** What a worker writes about a row, one a line, into the spool file of its input file. */
export interface Judged {
  row: { id: string; source: string; license: string; path?: string };
  title: string;
  text: string;
  /** After the rewrites. */
  summary: string;
  /** As the author wrote it; left out where no rewrite changed it. */
  rawSummary?: string;
  /** Names of the rewrites that changed it. */
  steps?: string[];
  /** Of the raw summary and of the rewritten one against the text. */
  shapes?: { raw: Shape; rewritten: Shape };
  /** What comes of the pair, by filters and score; left out for a clean one. */
  verdict?: Verdict | undefined;
  /** What the filters say, the gravest first. */
  verdicts?: Verdict[];
  /** The learned score, where no filter but one of style objects. */
  score?: number;
  /** MinHash of the text (`duplicates/minhash.ts`), in base64. */
  signature?: string;
  print: Fingerprint;
}

export interface Task {
  file: CorpusFile;
  options: FolderOptions;
  spool: string;
  /** Rows that are rendered whatever the cheap filters say. */
  ids: ReadonlySet<string>;
}

/** Rows between two words about progress. */
const TELL = 50;
/** Filters that need no rendered document, and what they see instead. */
const CHEAP = [new DocType()];
const NOTHING = { title: '', text: '', summary: '' };
const EMPTY: Omit<Candidate, 'row'> = { ...NOTHING, blocks: [], rawSummary: '', summaryCount: 0 };

async function run({ file, options, spool, ids }: Task): Promise<void> {
  const counts = await SummaryCounts.of(readRows(file, options));
  const out = new SpoolWriter(spool);
  try {
    let rows = 0;
    for await (const row of readRows(file, options)) {
      await out.write('problem' in row ? broken(row) : judged(row, counts, ids.has(row.id)));
      if (++rows % TELL === 0) parentPort?.postMessage({ rows, of: counts.rows });
    }
    parentPort?.postMessage({ rows, of: counts.rows });
    await out.close();
  } catch (error) {
    await out.abort();
    throw error;
  }
}

function judged(row: Row, counts: SummaryCounts, wanted: boolean): Judged {
  const { id, source, license } = row;
  const head = { id, source, license, ...(row.path ? { path: row.path } : {}) };
  const [cheap] = wanted || !row.doc_type ? [] : verdicts({ ...EMPTY, row }, CHEAP);
  if (cheap) return { row: head, ...NOTHING, verdict: cheap, print: fingerprint('') };
  const input = candidate(row, counts.titles(row.summary));
  const { title, text, summary, rawSummary } = input;
  const { steps } = rewrite(rawSummary);
  const assessment = assess(input);
  const score = assessment.quality?.value;
  return {
    row: head,
    title,
    text,
    summary,
    ...(rawSummary === summary ? {} : { rawSummary }),
    ...(steps.length === 0 ? {} : { steps }),
    ...(rawSummary === '' ? {} : { shapes: shapes(text, rawSummary, summary) }),
    verdict: assessment.verdict,
    verdicts: assessment.verdicts,
    ...(score === undefined ? {} : { score }),
    print: fingerprint(text),
    signature: packed(signature(words(text))),
  };
}

function shapes(text: string, raw: string, rewritten: string): NonNullable<Judged['shapes']> {
  const shape = shapeOf(text, rewritten);
  return { raw: raw === rewritten ? shape : shapeOf(text, raw), rewritten: shape };
}

function broken({ id, reason, problem }: Broken): Judged {
  const verdict: Verdict = { severity: 'document', reason, evidence: problem };
  const row = { id, source: '', license: '' };
  return { row, ...NOTHING, verdict, print: fingerprint('') };
}

parentPort?.on('message', (task: Task) => {
  run(task).then(
    () => parentPort?.postMessage({ done: true }),
    (error: NodeJS.ErrnoException) => {
      // An error's own fields do not pass between threads.
      const { message, code, syscall, path } = error;
      parentPort?.postMessage({ error: { message, code, syscall, path } });
    },
  );
});
