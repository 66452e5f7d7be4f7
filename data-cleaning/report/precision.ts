import type { Annotated } from '../reserve.js';

/** How the verdicts agree with the annotators on one split. Good: suitable, and the author's summary good. */
export interface Precision {
  pairs: number;
  good: number;
  kept: number;
  keptGood: number;
  /** Shares; null where nothing was kept, or nothing is good. */
  raw: number | null;
  precision: number | null;
  recall: number | null;
  /** Clean and loose together. */
  loose: { pairs: number; good: number };
  /** By reason: pairs that were dropped, and the good and unsuitable ones among them. */
  reasons: Record<string, { dropped: number; good: number; unsuitable: number }>;
}

/** Judges the filters by the annotated pairs: rows whose author wrote a summary. */
export function precisionOf(annotated: Annotated): Record<string, Precision> {
  const splits: Record<string, Precision> = {};
  for (const { split, row, record } of annotated.rows()) {
    if (row.author === 'none') continue;
    splits[split] ??= {
      ...{ pairs: 0, good: 0, kept: 0, keptGood: 0, raw: null, precision: null, recall: null },
      ...{ loose: { pairs: 0, good: 0 }, reasons: {} },
    };
    count(splits[split], row.suitable, row.suitable && row.author === 'good', record.verdict);
  }
  for (const one of Object.values(splits)) {
    one.raw = share(one.good, one.pairs);
    one.precision = share(one.keptGood, one.kept);
    one.recall = share(one.keptGood, one.good);
    one.reasons = Object.fromEntries(
      Object.entries(one.reasons).sort(([, a], [, b]) => b.dropped - a.dropped),
    );
  }
  return splits;
}

function count(
  into: Precision,
  suitable: boolean,
  good: boolean,
  verdict: { severity: string; reason: string } | undefined,
): void {
  const one = Number(good);
  into.pairs++;
  into.good += one;
  if (!verdict || verdict.severity === 'style') {
    into.loose.pairs++;
    into.loose.good += one;
  }
  if (!verdict) {
    into.kept++;
    into.keptGood += one;
    return;
  }
  into.reasons[verdict.reason] ??= { dropped: 0, good: 0, unsuitable: 0 };
  const reason = into.reasons[verdict.reason] as Precision['reasons'][string];
  reason.dropped++;
  reason.good += one;
  reason.unsuitable += Number(!suitable);
}

const share = (part: number, whole: number) =>
  whole === 0 ? null : Math.round((1000 * part) / whole) / 1000;
