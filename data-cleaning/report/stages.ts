import type { Filter, Severity } from '../filter.js';
import { FILTERS } from '../filters/index.js';
import { PLACING } from '../place.js';
import { READING } from '../sources/read.js';

/** One step at which a row may be dropped. */
export interface Stage {
  reason: string;
  description: string;
  /** What a drop costs: see `Severity`; `reading` and `placing` are no filters. */
  kind: Severity | 'reading' | 'placing';
  thresholds: Record<string, { value: number; source: string }>;
}

const ORDER: Severity[] = ['document', 'summary', 'style'];

/** All steps in the order that decides which of several reasons is named. */
export function stages(filters: readonly Filter[] = FILTERS): Stage[] {
  const plain = (kind: Stage['kind'], list: readonly { reason: string; description: string }[]) =>
    list.map(({ reason, description }) => ({ reason, description, kind, thresholds: {} }));
  return [
    ...plain('reading', READING),
    ...ORDER.flatMap((kind) =>
      filters
        .filter(({ severity }) => severity === kind)
        .map(({ reason, description, thresholds }) => ({ reason, description, kind, thresholds })),
    ),
    ...plain('placing', PLACING),
  ];
}
