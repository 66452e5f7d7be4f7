import type { Answer } from '../rows/answer.js';
import type { EvaluationDocument } from '../rows/document.js';
import type { Judgments } from '../rows/judgment.js';
import { type Estimate, meanOf } from '../statistics/bootstrap.js';
import { LEVELS, riskAt } from '../statistics/risk-coverage.js';
import { type Share, share } from '../statistics/share.js';
import type { Measured } from '../systems.js';
import { judgedChoices } from './choices.js';
import { grouped } from './grouped.js';
import { LEAST } from './selection.js';

/** How one group of the suitable documents fares. */
export interface Group {
  name: string;
  documents: number;
  shown: Share | null;
  rougeL: Estimate | null;
  leadRougeL: Estimate | null;
  judged: number;
  /** Of everything judged, and of the most confident 40, 60, 80 %: null of fewer than ten. */
  acceptable: Share | null;
  levels: { coverage: number; value: number }[] | null;
}

export type Groups = Record<'kind' | 'length' | 'source', Group[]>;

/** Words of a document; the student reads about 260. */
const BUCKETS = [
  { name: 'up to 150 words', to: 150 },
  { name: '151 to 300', to: 300 },
  { name: '301 to 600', to: 600 },
  { name: '601 to 1,200', to: 1200 },
  { name: 'over 1,200', to: Number.POSITIVE_INFINITY },
];
/** Sources of fewer documents are told together. */
const LEAST_OF_SOURCE = 5;

export function groups(
  documents: readonly EvaluationDocument[],
  answers: ReadonlyMap<string, Answer>,
  student: ReadonlyMap<string, Measured>,
  leads: ReadonlyMap<string, Measured>,
  judgments: Judgments,
): Groups {
  const by = (name: (document: EvaluationDocument) => string, order?: readonly string[]) => {
    const found = grouped(documents, name);
    const rank = (group: string) => order?.indexOf(group) ?? -(found.get(group)?.length ?? 0);
    const names = [...found.keys()].sort((a, b) => rank(a) - rank(b) || a.localeCompare(b));
    return names.map((group) =>
      figures(group, found.get(group) ?? [], answers, student, leads, judgments),
    );
  };
  const perSource = grouped(documents, ({ source }) => source);
  const few = [...perSource.values()].filter(({ length }) => length < LEAST_OF_SOURCE).length;
  const sourceOf = ({ source }: EvaluationDocument) =>
    (perSource.get(source)?.length ?? 0) < LEAST_OF_SOURCE ? `${few} smaller sources` : source;
  return {
    kind: by(({ kind }) => kind),
    length: by(
      bucketOf,
      BUCKETS.map(({ name }) => name),
    ),
    source: by(sourceOf),
  };
}

function bucketOf({ words }: EvaluationDocument): string {
  return BUCKETS.find(({ to }) => words <= to)?.name ?? '';
}

function figures(
  name: string,
  documents: readonly EvaluationDocument[],
  answers: ReadonlyMap<string, Answer>,
  student: ReadonlyMap<string, Measured>,
  leads: ReadonlyMap<string, Measured>,
  judgments: Judgments,
): Group {
  const scores = (from: ReadonlyMap<string, Measured>) =>
    meanOf(
      documents.flatMap(({ id }) => {
        const found = from.get(id)?.rouge;
        return found ? [100 * found.rougeL] : [];
      }),
    );
  const choices = judgedChoices(documents, answers, judgments, 'acceptable');
  const points = choices.map(({ gate, loss }) => ({ score: gate, loss }));
  const levels = LEVELS.map((coverage) => ({ coverage, value: 1 - riskAt(points, coverage) }));
  return {
    name,
    documents: documents.length,
    shown: share(documents.filter(({ id }) => answers.get(id)?.shown).length, documents.length),
    rougeL: scores(student),
    leadRougeL: scores(leads),
    judged: choices.length,
    acceptable: share(choices.filter(({ loss }) => loss === 0).length, choices.length),
    levels: choices.length < LEAST ? null : levels,
  };
}
