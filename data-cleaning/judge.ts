import { type Block, cutAtLine, readMarkdown, renderText } from '../documents/index.js';
import type { Candidate, Filter, Severity } from './filter.js';
import { FILTERS } from './filters/index.js';
import { quality, type Score } from './quality/score.js';
import { rewrite } from './rewrites.js';
import type { Row } from './rows.js';

/** Characters of rendered text that are kept of a document. */
export const TEXT_LIMIT = 12_000;
/** Characters of a body that are read: what renders to `TEXT_LIMIT` and some markup. */
const BODY_LIMIT = 24_000;

export interface Rendering {
  title: string;
  text: string;
  blocks: Block[];
}

/** The document of a row as training and the service see it. */
export function renderRow(row: Row): Rendering {
  const given = row.title ?? undefined;
  const document = row.document ?? readMarkdown(cutAtLine(row.body, BODY_LIMIT), { title: given });
  const { title, text } = renderText(document, { limit: TEXT_LIMIT });
  return { title: title ?? '', text, blocks: document.blocks };
}

export interface Verdict {
  severity: Severity;
  reason: string;
  evidence: string;
}

export function candidate(row: Row, summaryCount: number): Candidate {
  const rawSummary = row.summary ?? '';
  return { row, ...renderRow(row), rawSummary, summary: rewrite(rawSummary).text, summaryCount };
}

const ORDER: Severity[] = ['document', 'summary', 'style'];

/** All verdicts of the filters, the gravest first. */
export function verdicts(input: Candidate, filters: readonly Filter[] = FILTERS): Verdict[] {
  const found: Verdict[] = [];
  for (const { severity, reason, evidence } of objections(input, filters)) {
    found.push({ severity, reason, evidence });
  }
  return found;
}

/** The gravest verdict of the filters, the first of equals. */
export function judge(input: Candidate, filters: readonly Filter[] = FILTERS): Verdict | undefined {
  return objections(input, filters).next().value ?? undefined;
}

function* objections(input: Candidate, filters: readonly Filter[]): Generator<Verdict, undefined> {
  for (const severity of ORDER) {
    for (const filter of filters) {
      if (filter.severity !== severity) continue;
      const evidence = filter.check(input);
      if (evidence !== undefined) yield { severity, reason: filter.reason, evidence };
    }
  }
  return undefined;
}

export interface Assessment {
  /** The gravest first. */
  verdicts: Verdict[];
  /** Where no filter but one of style objects: how good the pair is, and why. */
  quality?: Score;
}

/** What the filters and the learned score say of a pair. */
export function assess(input: Candidate): Assessment {
  const found = verdicts(input);
  if (found.some(({ severity }) => severity !== 'style')) return { verdicts: found };
  return { verdicts: found, quality: quality.of(input, found.map(({ reason }) => reason)) };
}
