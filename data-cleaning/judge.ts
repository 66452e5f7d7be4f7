import { type Block, cutAtLine, readMarkdown, renderText } from '../documents/index.js';
import type { Candidate, Filter, Severity } from './filter.js';
import { FILTERS } from './filters/index.js';
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
  const document = readMarkdown(cutAtLine(row.body, BODY_LIMIT), { title: row.title ?? undefined });
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

/** The gravest verdict of the filters, the first of equals. */
export function judge(input: Candidate, filters: readonly Filter[] = FILTERS): Verdict | undefined {
  for (const severity of ORDER) {
    for (const filter of filters) {
      if (filter.severity !== severity) continue;
      const evidence = filter.check(input);
      if (evidence !== undefined) return { severity, reason: filter.reason, evidence };
    }
  }
  return undefined;
}
