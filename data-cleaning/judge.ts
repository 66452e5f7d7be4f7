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
  for (const severity of ORDER) {
    for (const filter of filters) {
      if (filter.severity !== severity) continue;
      const evidence = filter.check(input);
      if (evidence !== undefined) found.push({ severity, reason: filter.reason, evidence });
    }
  }
  return found;
}

export interface Assessment {
  /** What the filters say, the gravest first. */
  verdicts: Verdict[];
  /** Where no filter but one of style objects: how good the pair is, and why. */
  quality?: Score;
  /**
   * What comes of it; undefined makes the pair a clean one. Filters of style only advise: the score
   * knows of them and decides, and they name the reason.
   */
  verdict?: Verdict;
}

/** What the filters and the learned score make of a pair. */
export function assess(input: Candidate): Assessment {
  const found = verdicts(input);
  const [first] = found;
  if (first && first.severity !== 'style') return { verdicts: found, verdict: first };
  const score = quality.of(
    input,
    found.map(({ reason }) => reason),
  );
  const { clean, loose } = quality.thresholds;
  const assessment: Assessment = { verdicts: found, quality: score };
  if (score.value >= clean) return assessment;
  const { reason, evidence } = first ?? { reason: LOW_SCORE, evidence: told(score) };
  const severity = score.value >= loose ? 'style' : 'summary';
  const number = `score ${score.value.toFixed(2)}`;
  return { ...assessment, verdict: { severity, reason, evidence: `${evidence}; ${number}` } };
}

/** Reason of a drop that no filter but the score alone decides. */
export const LOW_SCORE = 'low_score';

function told({ why }: Score): string {
  const low = why.filter(({ weight }) => weight < 0).map(({ name, weight }) => `${name} ${weight}`);
  return low.length > 0
    ? `counts against it: ${low.slice(0, 4).join(', ')}`
    : 'nothing speaks for it';
}

/** What comes of a pair; undefined keeps it. */
export function judge(input: Candidate): Verdict | undefined {
  return assess(input).verdict;
}
