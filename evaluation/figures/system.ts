import type { rougeKinds } from '../rouge/rouge.js';
import { type Estimate, mean, meanOf } from '../statistics/bootstrap.js';
import { type Share, share } from '../statistics/share.js';
import type { Measured } from '../systems.js';

/** What one system's texts are like, over the documents that it suggests something for. */
export interface SystemFigures {
  name: string;
  documents: number;
  rouge1: Estimate | null;
  rouge2: Estimate | null;
  rougeL: Estimate | null;
  /** ROUGE-L less Lead-1's on the same documents. */
  overLead: Estimate | null;
  coverage: number | null;
  density: number | null;
  novelty: number | null;
  words: number | null;
  repeats: Share | null;
  grounded: Share | null;
  finished: Share | null;
  generic: Share | null;
  markup: Share | null;
  /** Of the judged ones; null where nobody judged. */
  acceptable: Share | null;
  usable: Share | null;
}

export function systemFigures(
  name: string,
  measured: readonly Measured[],
  leads: ReadonlyMap<string, Measured>,
): SystemFigures {
  const scores = (kind: (typeof rougeKinds)[number]) =>
    meanOf(measured.flatMap(({ rouge }) => (rouge ? [100 * rouge[kind]] : [])));
  const average = (pick: (one: Measured) => number) =>
    measured.length === 0 ? null : mean(measured.map(pick));
  const of = (test: (one: Measured) => boolean, all: readonly Measured[] = measured) =>
    share(all.filter(test).length, all.length);
  const judged = measured.filter(({ judgment }) => judgment);
  const over = measured.flatMap(({ document, rouge }) => {
    const other = leads.get(document.id)?.rouge;
    return rouge && other ? [100 * (rouge.rougeL - other.rougeL)] : [];
  });
  return {
    name,
    documents: measured.length,
    rouge1: scores('rouge1'),
    rouge2: scores('rouge2'),
    rougeL: scores('rougeL'),
    overLead: meanOf(over),
    coverage: average((one) => one.coverage),
    density: average((one) => one.density),
    novelty: average((one) => one.novelty),
    words: average((one) => one.words),
    repeats: of((one) => one.repeats),
    grounded: of((one) => one.grounded),
    finished: of((one) => one.finished),
    generic: of((one) => one.generic),
    markup: of((one) => one.markup),
    acceptable: of((one) => one.judgment?.verdict === 'accept', judged),
    usable: of((one) => one.judgment?.verdict !== 'reject', judged),
  };
}
