import { grouped } from './figures/grouped.js';
import { rouge } from './rouge/rouge.js';
import type { Answer } from './rows/answer.js';
import type { Length } from './rows/document.js';
import { type Estimate, mean, meanOf } from './statistics/bootstrap.js';
import { type Share, share } from './statistics/share.js';

/** What is known of a document beside its text. */
export interface Known {
  suitable?: boolean | undefined;
  reference?: string | undefined;
}

export interface Limits {
  /** Least share of documents on which both show or both hide. */
  agreement: number;
  /** Most that ROUGE-L against the references may fall, points: its 95 % interval must end above. */
  loss: number;
  /** Most of the suggestions shown by both whose text changes. */
  changed: number;
  /** Most of the unsuitable documents that may get a suggestion, unless the old bundle gave more. */
  unsuitable: number;
}

/**
 * Agreement: of ten documents that someone opens again at most one gains or loses its suggestion.
 * Loss: below a point of ROUGE-L a reader sees no difference; issue 5 grants quantisation 0.3, but
 * its interval alone is wider on a few hundred documents. Changed: a better model writes other texts,
 * so this is for whoever sets it. Unsuitable: the goal of the gate's issue.
 */
export const LIMITS: Limits = { agreement: 0.9, loss: 1, changed: 1, unsuitable: 0.02 };

export interface Check {
  name: string;
  value: string;
  limit: string;
  met: boolean;
}

/** What changes for readers when one bundle takes the place of another. */
export interface Churn {
  documents: number;
  /** Ids that only one of the two answered: they are not compared. */
  unpaired: number;
  both: number;
  onlyBefore: number;
  onlyAfter: number;
  neither: number;
  agreement: Share | null;
  /** Among those that both show: other texts, and how alike old and new are (ROUGE-L, 0..1). */
  changed: Share | null;
  likeness: number | null;
  /** Mean change of confidence where both tell it. */
  confidence: number | null;
  /** Outcomes that changed: `shown` or the reason, and how often. */
  outcomes: { before: string; after: string; count: number }[];
  /** ROUGE-L against the references of all that both wrote, shown or not, points. */
  quality: { documents: number; before: number; after: number; change: Estimate } | null;
  unsuitable: { before: Share; after: Share } | null;
  checks: Check[];
  ship: boolean;
}

type Pair = { known: Known; before: Answer; after: Answer };

/** Compares two bundles' answers to the same documents. */
export function churn(
  before: ReadonlyMap<string, Answer>,
  after: ReadonlyMap<string, Answer>,
  known: ReadonlyMap<string, Known>,
  limits: Limits = LIMITS,
): Churn {
  const pairs = [...before].flatMap(([id, one]): Pair[] => {
    const other = after.get(id);
    return other ? [{ known: known.get(id) ?? {}, before: one, after: other }] : [];
  });
  const count = (test: (pair: Pair) => boolean) => pairs.filter(test).length;
  const shown = pairs.filter((pair) => pair.before.shown && pair.after.shown);
  const neither = count((pair) => !pair.before.shown && !pair.after.shown);
  const differing = shown.filter((pair) => pair.before.text !== pair.after.text);
  const confidences = pairs.flatMap(({ before, after }) =>
    before.confidence === null || after.confidence === null
      ? []
      : [after.confidence - before.confidence],
  );
  const figures = {
    documents: pairs.length,
    unpaired: before.size + after.size - 2 * pairs.length,
    both: shown.length,
    onlyBefore: count((pair) => pair.before.shown && !pair.after.shown),
    onlyAfter: count((pair) => !pair.before.shown && pair.after.shown),
    neither,
    agreement: share(shown.length + neither, pairs.length),
    changed: share(differing.length, shown.length),
    likeness: shown.length === 0 ? null : mean(shown.map(alike)),
    confidence: confidences.length === 0 ? null : mean(confidences),
    outcomes: outcomes(pairs),
    quality: quality(pairs),
    unsuitable: unsuitable(pairs),
  };
  const checks = check(figures, limits);
  return { ...figures, checks, ship: checks.every(({ met }) => met) };
}

const alike = ({ before, after }: Pair) => rouge(before.text ?? '', after.text ?? '').rougeL;

const outcome = ({ shown, reason }: Answer) => (shown ? 'shown' : (reason ?? 'unknown'));

function outcomes(pairs: readonly Pair[]): Churn['outcomes'] {
  const moved = pairs.filter(({ before, after }) => outcome(before) !== outcome(after));
  const by = grouped(moved, ({ before, after }) => `${outcome(before)}\n${outcome(after)}`);
  return [...by.values()]
    .map((some) => {
      const { before, after } = some[0] as Pair;
      return { before: outcome(before), after: outcome(after), count: some.length };
    })
    .sort((a, b) => b.count - a.count);
}

function quality(pairs: readonly Pair[]): Churn['quality'] {
  const scores = pairs.flatMap(({ known: { reference }, before, after }) =>
    reference && before.text !== null && after.text !== null
      ? [[before.text, after.text].map((text) => 100 * rouge(reference, text).rougeL)]
      : [],
  ) as [number, number][];
  const change = meanOf(scores.map(([a, b]) => b - a));
  if (!change) return null;
  const average = (which: 0 | 1) => mean(scores.map((both) => both[which]));
  return { documents: scores.length, before: average(0), after: average(1), change };
}

function unsuitable(pairs: readonly Pair[]): Churn['unsuitable'] {
  const bad = pairs.filter(({ known }) => known.suitable === false);
  const of = (pick: (pair: Pair) => Answer) =>
    share(bad.filter((pair) => pick(pair).shown).length, bad.length);
  const [before, after] = [of((pair) => pair.before), of((pair) => pair.after)];
  return before && after ? { before, after } : null;
}

function check(
  {
    agreement,
    changed,
    quality,
    unsuitable,
  }: Pick<Churn, 'agreement' | 'changed' | 'quality' | 'unsuitable'>,
  limits: Limits,
): Check[] {
  const percent = (value: number) => `${(100 * value).toFixed(1)} %`;
  const checks: Check[] = [];
  const add = (name: string, value: string, limit: string, met: boolean) =>
    checks.push({ name, value, limit, met });
  if (agreement) {
    const { value } = agreement;
    add(
      'shown or hidden alike',
      percent(value),
      `≥ ${percent(limits.agreement)}`,
      value >= limits.agreement,
    );
  }
  if (changed && limits.changed < 1) {
    const { value } = changed;
    add(
      'texts that changed',
      percent(value),
      `≤ ${percent(limits.changed)}`,
      value <= limits.changed,
    );
  }
  if (quality) {
    const { value, low } = quality.change;
    const written = `${value.toFixed(2)} (at least ${low.toFixed(2)})`;
    add('change of ROUGE-L', written, `at least −${limits.loss}`, low >= -limits.loss);
  }
  if (unsuitable) {
    const most = Math.max(limits.unsuitable, unsuitable.before.value);
    const { value } = unsuitable.after;
    add('unsuitable that are shown', percent(value), `≤ ${percent(most)}`, value <= most);
  }
  return checks;
}

/** What a row of a documents file tells of the document; rows that tell nothing are left out. */
export function knownOf(row: unknown, length: Length): [id: string, known: Known] | undefined {
  const { id, suitable, references } = (row ?? {}) as Record<string, unknown>;
  if (typeof id !== 'string' && typeof id !== 'number') return undefined;
  const reference = (references as Partial<Record<Length, unknown>> | undefined)?.[length];
  return [
    String(id),
    {
      suitable: typeof suitable === 'boolean' ? suitable : undefined,
      reference: typeof reference === 'string' ? reference : undefined,
    },
  ];
}
