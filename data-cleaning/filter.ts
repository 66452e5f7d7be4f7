import type { Block } from '../documents/index.js';
import type { Row } from './rows.js';

/** A row on its way through the filters. */
export interface Candidate {
  row: Row;
  title: string;
  text: string;
  blocks: Block[];
  /** After the rewrites; empty where the author wrote none. */
  summary: string;
  /** As the author wrote it. */
  rawSummary: string;
  /** Under how many titles of the same file this summary stands, numbers apart. */
  summaryCount: number;
}

/**
 * What a filter's verdict means: `document` drops the row altogether, `summary` drops the pair and
 * keeps the document as prose, `style` keeps the pair among the loose ones.
 */
export type Severity = 'document' | 'summary' | 'style';

export interface Filter {
  /** Reason code of a drop. */
  readonly reason: string;
  readonly severity: Severity;
  /** One sentence: what it removes and why. */
  readonly description: string;
  /** Each threshold with where it comes from. */
  readonly thresholds: Record<string, { value: number; source: string }>;
  /** The evidence for dropping the candidate; undefined keeps it. */
  check(candidate: Candidate): string | undefined;
}
