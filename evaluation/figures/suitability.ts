import type { Answer } from '../rows/answer.js';
import type { EvaluationDocument } from '../rows/document.js';
import { type Share, share } from '../statistics/share.js';
import { grouped } from './grouped.js';

/** Whether those documents are left alone that should be, and no others. */
export interface Suitability {
  /** Suitable ones refused as unsuitable. */
  refused: Share | null;
  /** Unsuitable ones that got a suggestion. */
  suggested: Share | null;
  /** The same a kind; `named` are those refused under their own kind's name. */
  kinds: { kind: string; documents: number; suggested: Share | null; named: Share | null }[];
  /** Mean over the kinds, each counted alike, and the worst of those with at least ten documents. */
  mean: number | null;
  worst: { kind: string; value: number } | null;
}

const LEAST_OF_KIND = 10;

export function suitability(
  documents: readonly EvaluationDocument[],
  answers: ReadonlyMap<string, Answer>,
): Suitability {
  const answered = documents.filter(({ id }) => answers.has(id));
  const [good, bad] = [answered.filter((d) => d.suitable), answered.filter((d) => !d.suitable)];
  const count = (some: readonly EvaluationDocument[], test: (answer: Answer) => boolean) =>
    share(some.filter(({ id }) => test(answers.get(id) as Answer)).length, some.length);
  const kinds = [...grouped(bad, ({ kind }) => kind)]
    .map(([kind, some]) => ({
      kind,
      documents: some.length,
      suggested: count(some, ({ shown }) => shown),
      named: count(some, ({ documentType }) => documentType === kind),
    }))
    .sort((a, b) => b.documents - a.documents || a.kind.localeCompare(b.kind));
  const values = kinds.map(({ suggested }) => suggested?.value ?? 0);
  const worst = kinds
    .filter((one) => one.documents >= LEAST_OF_KIND)
    .map(({ kind, suggested }) => ({ kind, value: suggested?.value ?? 0 }))
    .sort((a, b) => b.value - a.value)[0];
  return {
    refused: count(good, ({ reason }) => reason === 'unsuitable_document'),
    suggested: count(bad, ({ shown }) => shown),
    kinds,
    mean: kinds.length === 0 ? null : values.reduce((a, b) => a + b, 0) / kinds.length,
    worst: worst ?? null,
  };
}
