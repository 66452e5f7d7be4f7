import { Failure } from '../../cli/failure.js';
import type { Severity } from '../filter.js';
import { FILTERS } from '../filters/index.js';
import { type Assessment, assess, candidate } from '../judge.js';
import { type Shape, shapeOf } from '../report/shape.js';
import { readDone } from '../resume/done.js';
import { REWRITES } from '../rewrites.js';
import { corpusFiles, type Row } from '../rows.js';
import { SUMMARY_FIELDS } from '../sources/folder.js';
import { type Broken, readRows } from '../sources/read.js';
import { SummaryCounts } from '../summary-counts.js';
import { type Ending, endings } from './outputs.js';

/** All that happened to one document, from its row to the outputs. */
export interface Story {
  id: string;
  group: string;
  file: string;
  source: string;
  title: string;
  /** The opening of the rendered text, and how long that is. */
  opening: string;
  characters: number;
  summary: string | null;
  rewrites: { name: string; before: string; after: string }[];
  /** Every filter's own answer, whatever the others say; the evidence of a drop, or null. */
  filters: { reason: string; severity: Severity; description: string; evidence: string | null }[];
  /** The reason that counts; null where neither filters nor score object. */
  verdict: string | null;
  /** The learned score and what speaks for and against; null where a filter settled it before. */
  score: NonNullable<Assessment['quality']> | null;
  shape: Shape | null;
  endings: Ending[];
  /** Why part of the story is missing. */
  missing?: string;
}

const OPENING = 300;

/**
 * Tells about each document with this id: the outputs say where it ended, the input is read again
 * for what the rewrites and filters did.
 *
 * @throws Failure where the folder holds no finished run or no such document.
 */
export async function stories(out: string, id: string): Promise<Story[]> {
  const done = await readDone(out);
  if (!done) throw new Failure(`${out} holds no finished run; precis-clean run … --out ${out}`);
  const all = await endings(out, id);
  if (all.length === 0) throw new Failure(`${out} holds no document with the id ${id}`);
  const { options } = done;
  const folderOptions = { ...options, summaryFields: options.summaryFields ?? SUMMARY_FIELDS };
  const files = await corpusFiles(done.inputs, options).catch(() => []);
  const found: Story[] = [];
  for (const key of new Set(all.map(({ group, file }) => `${group}/${file}`))) {
    const ended = all.filter(({ group, file }) => `${group}/${file}` === key);
    const before = found.length;
    for (const file of files.filter(({ group, file }) => `${group}/${file}` === key)) {
      const counts = await SummaryCounts.of(readRows(file, folderOptions));
      for await (const row of readRows(file, folderOptions)) {
        if (row.id === id) found.push(told(row, counts, ended));
      }
    }
    if (found.length === before) {
      const missing = `the input it came from (${key}) is not where it was`;
      found.push({ ...untold(id, ended), missing });
    }
  }
  return found;
}

function untold(id: string, all: Ending[]): Story {
  const [first] = all as [Ending];
  const { group, file, source } = first;
  return {
    ...{ id, group, file, source, title: '', opening: '', characters: 0, summary: null },
    ...{ rewrites: [], filters: [], verdict: null, score: null, shape: null, endings: all },
  };
}

function told(row: Row | Broken, counts: SummaryCounts, all: Ending[]): Story {
  const story = untold(row.id, all);
  if ('problem' in row) return { ...story, verdict: row.reason, missing: row.problem };
  const input = candidate(row, counts.titles(row.summary));
  const { title, text, rawSummary, summary } = input;
  const { verdict, quality } = assess(input);
  return {
    ...story,
    title,
    opening: text.slice(0, OPENING),
    characters: text.length,
    summary: rawSummary || null,
    rewrites: rewriting(rawSummary),
    filters: FILTERS.map((filter) => {
      const { reason, severity, description } = filter;
      return { reason, severity, description, evidence: filter.check(input) ?? null };
    }),
    verdict: verdict?.reason ?? null,
    score: quality ?? null,
    shape: rawSummary ? shapeOf(text, summary) : null,
  };
}

function rewriting(summary: string): Story['rewrites'] {
  const steps: Story['rewrites'] = [];
  let before = summary.trim();
  for (const { name, apply } of REWRITES) {
    const after = apply(before).trim();
    if (after !== before) steps.push({ name, before, after });
    before = after;
  }
  return steps;
}
