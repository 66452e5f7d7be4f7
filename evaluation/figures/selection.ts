import type { Estimate } from '../statistics/bootstrap.js';
import { bootstrap } from '../statistics/bootstrap.js';
import {
  aurc,
  aurcRatio,
  type CurvePoint,
  curve,
  LEVELS,
  leastAurc,
  type Point,
  riskAt,
} from '../statistics/risk-coverage.js';
import { type Share, share } from '../statistics/share.js';

/** One document as both gates order it. */
export interface Choice {
  /** Of the gate: confidence, below 0 for what a rule refused; -1 where nothing was written. */
  gate: number;
  /** Of the plain gate: mean log-probability; -Infinity where nothing was written. */
  plain: number;
  /** What showing it costs: 0 where it is right, 1 where it is wrong. */
  loss: number;
  shown: boolean;
}

export interface GateFigures {
  curve: CurvePoint[];
  aurc: number;
  /** Share of right ones among the most confident 40, 60, 80 % of the documents. */
  levels: { coverage: number; value: number; low: number; high: number }[];
}

export interface Selection {
  documents: number;
  gate: GateFigures;
  plain: GateFigures;
  /** What the best order of these texts would have, and one that knows nothing. */
  leastAurc: number;
  chanceAurc: number;
  /** The gate's area over the plain gate's. */
  ratio: Estimate;
  /** Share of the documents that are shown, and of right ones among them. */
  shown: Share | null;
  right: Estimate | null;
}

/** Null of fewer documents than a curve can be drawn of. */
export const LEAST = 10;

export function selection(choices: readonly Choice[]): Selection | null {
  if (choices.length < LEAST) return null;
  const gate = choices.map(({ gate, loss }): Point => ({ score: gate, loss }));
  const plain = choices.map(({ plain, loss }): Point => ({ score: plain, loss }));
  const shown = choices.filter((one) => one.shown);
  const rightness = (some: readonly Choice[]) =>
    1 - some.reduce((sum, { loss }) => sum + loss, 0) / some.length;
  return {
    documents: choices.length,
    gate: figures(gate),
    plain: figures(plain),
    leastAurc: leastAurc(gate),
    chanceAurc: riskAt(gate, 1),
    ratio: aurcRatio(gate.map((point, i) => [point, plain[i] as Point])),
    shown: share(shown.length, choices.length),
    right: shown.length === 0 ? null : bootstrap(shown, rightness),
  };
}

function figures(points: readonly Point[]): GateFigures {
  const drawn = curve(points);
  const levels = LEVELS.flatMap((level) => {
    const found = drawn.find(({ coverage }) => Math.abs(coverage - level) < 1e-6);
    if (!found) return [];
    const { value, low, high } = found;
    return [{ coverage: level, value: 1 - value, low: 1 - high, high: 1 - low }];
  });
  return { curve: drawn, aurc: aurc(points), levels };
}
