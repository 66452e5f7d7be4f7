import { bootstrap, type Estimate, interval, resamples } from './bootstrap.js';

/** One document: what the gate orders by, and what showing its text costs, 0 (right) to 1 (wrong). */
export interface Point {
  score: number;
  loss: number;
}

/** Mean loss of the most confident `coverage` of the documents, with its 95 % band. */
export interface CurvePoint extends Estimate {
  coverage: number;
}

export const LEVELS = [0.4, 0.6, 0.8] as const;
/** Points of a drawn curve; the first tenth is a handful of documents and says nothing. */
const DRAWN = Array.from({ length: 46 }, (_, i) => 0.1 + i * 0.02);

/**
 * Risks of the 1, 2, … n most confident documents. Documents of equal score share their mean loss, so
 * that no order among them, lucky or not, counts.
 */
export function risks(points: readonly Point[]): number[] {
  const sorted = [...points].sort((a, b) => b.score - a.score);
  const out: number[] = [];
  let before = 0;
  for (let i = 0; i < sorted.length; ) {
    let end = i;
    let sum = 0;
    while (end < sorted.length && sorted[end]?.score === sorted[i]?.score) {
      sum += (sorted[end++] as Point).loss;
    }
    for (let k = i + 1; k <= end; k++) out.push((before + (sum * (k - i)) / (end - i)) / k);
    before += sum;
    i = end;
  }
  return out;
}

/** Area under the risk-coverage curve (Geifman, Uziel & El-Yaniv 2019): the mean of its risks. */
export function aurc(points: readonly Point[]): number {
  const all = risks(points);
  return all.reduce((sum, risk) => sum + risk, 0) / all.length;
}

/** The area that an order by the losses themselves would have: no gate can do better. */
export function leastAurc(points: readonly Point[]): number {
  return aurc(points.map(({ loss }) => ({ score: -loss, loss })));
}

/** Mean loss of the most confident share of the documents. */
export function riskAt(points: readonly Point[], coverage: number): number {
  const all = risks(points);
  return (
    all[Math.max(0, Math.min(all.length, Math.round(coverage * all.length)) - 1)] ?? Number.NaN
  );
}

export function curve(points: readonly Point[], times?: number): CurvePoint[] {
  if (points.length === 0) return [];
  const own = risks(points);
  const drawn: number[][] = DRAWN.map(() => []);
  for (const sample of resamples(points.length, times)) {
    const all = risks(Array.from(sample, (i) => points[i] as Point));
    for (const [i, coverage] of DRAWN.entries()) drawn[i]?.push(at(all, coverage));
  }
  return DRAWN.map((coverage, i) => {
    const [low, high] = interval(drawn[i] ?? []);
    return { coverage, value: at(own, coverage), low, high };
  });
}

/** One gate's area over another's on the same documents, resampled together. */
export function aurcRatio(pairs: readonly (readonly [Point, Point])[]): Estimate {
  return bootstrap(pairs, (some) => aurc(some.map(([a]) => a)) / aurc(some.map(([, b]) => b)));
}

const at = (all: readonly number[], coverage: number) =>
  all[Math.max(0, Math.round(coverage * all.length) - 1)] as number;
