import { type Judgment, type Verdict, verdicts } from '../rows/judgment.js';
import type { Estimate } from '../statistics/bootstrap.js';
import { kappaWithInterval } from '../statistics/kappa.js';
import { type Share, share } from '../statistics/share.js';

/** How far two independent passes of judges agree on the same texts. */
export interface Agreement {
  pairs: number;
  same: Share | null;
  /** Cohen's kappa of accept, edit, reject; with half credit for neighbours; of two classes each. */
  kappa: Estimate | null;
  weighted: Estimate | null;
  acceptable: Estimate | null;
  usable: Estimate | null;
  /** First pass by second pass. */
  table: Record<Verdict, Record<Verdict, number>>;
}

/** Null when no text was judged twice. */
export function agreement(
  first: readonly Judgment[],
  second: readonly Judgment[],
): Agreement | null {
  const before = new Map(first.map((row) => [`${row.system}\n${row.id}`, row]));
  const texts = new Map<string, readonly [Verdict, Verdict]>();
  for (const row of second) {
    const other = before.get(`${row.system}\n${row.id}`);
    if (!other || other.candidate !== row.candidate) continue;
    // What several systems wrote alike was judged once: it counts once.
    texts.set(`${row.id}\n${row.candidate ?? row.system}`, [other.verdict, row.verdict]);
  }
  const pairs = [...texts.values()];
  if (pairs.length === 0) return null;
  const between = (test: (verdict: Verdict) => boolean) =>
    kappaWithInterval(pairs.map(([a, b]) => [String(test(a)), String(test(b))] as const));
  const row = () => Object.fromEntries(verdicts.map((v) => [v, 0])) as Record<Verdict, number>;
  const table = Object.fromEntries(verdicts.map((v) => [v, row()])) as Agreement['table'];
  for (const [a, b] of pairs) table[a][b]++;
  const near = (a: Verdict, b: Verdict) =>
    1 - Math.abs(verdicts.indexOf(a) - verdicts.indexOf(b)) / (verdicts.length - 1);
  return {
    pairs: pairs.length,
    same: share(pairs.filter(([a, b]) => a === b).length, pairs.length),
    kappa: kappaWithInterval(pairs),
    weighted: kappaWithInterval(pairs, near),
    acceptable: between((verdict) => verdict === 'accept'),
    usable: between((verdict) => verdict !== 'reject'),
    table,
  };
}
