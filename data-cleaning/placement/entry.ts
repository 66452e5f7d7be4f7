import { byRank } from '../balance/cap.js';
import type { Verdict } from '../judge.js';
import { hash53 } from '../words.js';
import type { Judged } from '../worker.js';

/** What is remembered of a row between the passes. */
export interface Entry {
  id: string;
  source: string;
  /** -1 where a filter left nothing to score. */
  score: number;
  /** What the row is by itself: `prose` is a readable document without a usable pair. */
  standing: 'dropped' | 'prose' | 'loose' | 'clean';
  /** Its place among the documents that are compared. */
  number?: number;
  /** Of title and summary. */
  label?: number;
  family?: number | undefined;
  /** The annotated document that it copies, as evidence. */
  copyOf?: string;
  duplicateOf?: string;
  /** It stands for its near copies in `prose`. */
  prose?: boolean;
  /** The set of pairs that it goes into. */
  tier?: 'clean' | 'loose' | undefined;
}

export function standingOf(verdict: Verdict | undefined): Entry['standing'] {
  if (!verdict) return 'clean';
  return ({ document: 'dropped', summary: 'prose', style: 'loose' } as const)[verdict.severity];
}

/** Two pairs of the same title and summary are one pair whatever their bodies: versions of a page. */
export function labelOf({ title, summary }: Judged): number {
  return hash53(`${title}\n${summary}`.toLowerCase().replace(/\s+/g, ' '));
}

/** The member of the best score, the smallest id of equals. */
export function bestOf(members: readonly Entry[]): Entry {
  return members.reduce((best, one) => (byRank(one, best) < 0 ? one : best));
}
