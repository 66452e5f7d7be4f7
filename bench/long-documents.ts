/**
 * Which way of reading long documents writes best: `node dist/bench/long-documents.js --documents
 * dev.jsonl --annotated annotated/dev.jsonl [--bundle folder] [--count 60] [--least 0]`.
 *
 * `dev.jsonl` is what `python -m distill documents` writes. Only documents longer than the encoder's
 * limit are asked for, each once in every way, and compared with the annotated `plain` sentence.
 */
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { readMarkdown } from '../documents/index.js';
import { defaultBundle, type LoadOptions, Summarizer } from '../model/index.js';
import { rougeL } from './rouge.js';

const { values } = parseArgs({
  options: {
    documents: { type: 'string' },
    annotated: { type: 'string' },
    bundle: { type: 'string', default: defaultBundle },
    count: { type: 'string', default: '60' },
    least: { type: 'string', default: '0' },
    threads: { type: 'string', default: '1' },
  },
});
if (!values.documents || !values.annotated) throw new Error('--documents and --annotated, please');

type Row = { id: string; text: string; title?: string };
type Annotation = { id: string; suitable: boolean; plain?: string };
const rows = <T>(file: string) =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as T);

const plain = new Map(
  rows<Annotation>(values.annotated).flatMap(({ id, plain }) =>
    plain ? [[id, plain] as const] : [],
  ),
);
const words = (text: string) => text.split(/\s+/).length;
const long = rows<Row>(values.documents)
  .filter(({ id, text }) => plain.has(id) && words(text) >= Number(values.least))
  .map((row) => ({ ...row, document: readMarkdown(row.text, { title: row.title }) }));

const ways: LoadOptions[] = [
  { longDocuments: 'first' },
  { longDocuments: 'central' },
  { longDocuments: 'all', windows: 4 },
  { longDocuments: 'all', windows: 8 },
  { longDocuments: 'sentences' },
];

const asked: typeof long = [];
for (const way of ways) {
  const precis = await Summarizer.load(values.bundle, { ...way, threads: Number(values.threads) });
  if (asked.length === 0) {
    for (const row of long) {
      if (asked.length >= Number(values.count)) break;
      if ((await precis.suggest(row.document)).input.truncated) asked.push(row);
    }
  }
  const started = performance.now();
  const scores: number[] = [];
  const likelihoods: number[] = [];
  const shown: number[] = [];
  for (const { id, document } of asked) {
    const { suggestion, diagnostics } = await precis.suggest(document);
    scores.push(rougeL(diagnostics?.candidate ?? '', plain.get(id) as string));
    likelihoods.push(diagnostics?.meanLogProb ?? -9);
    if (suggestion) shown.push(scores.at(-1) as number);
  }
  const mean = (list: number[]) => list.reduce((a, b) => a + b, 0) / Math.max(1, list.length);
  process.stdout.write(
    `${JSON.stringify({
      ...way,
      documents: asked.length,
      rougeL: round(100 * mean(scores), 1),
      meanLogProb: round(mean(likelihoods), 2),
      shown: shown.length,
      rougeLShown: round(100 * mean(shown), 1),
      msADocument: round((performance.now() - started) / asked.length, 0),
    })}\n`,
  );
  await precis.close();
}

function round(value: number, digits: number): number {
  return Number(value.toFixed(digits));
}
