import { hash32 } from '../words.js';
import { type Features, features } from './features.js';
import { BUCKETS } from './grams.js';
import { isStyle, type Labelled } from './labelled.js';
import { type Examples, fitLogistic, products, sigmoid } from './logistic.js';
import type { OperatingPoint, Weights } from './model.js';
import { type Column, columnsOf, packed, sizeOf, terms } from './vectors.js';

/** Chosen by cross-validation over sources on train and dev among 0.25 to 3 and 1 to 60. */
export const PENALTY = { features: 20, grams: 0.5 };
/** Parts of the cross-validation; a source lies in one of them. */
const FOLDS = 10;

export interface Fitted {
  columns: Column[];
  values: Float64Array;
}

/** Reasons of style that object to a pair: the flags that the score sees. */
const flagsOf = ({ reasons }: Labelled): string[] => reasons.filter(isStyle);

/** Counted once a pair: the folds of the cross-validation share them. */
const counted = new WeakMap<Labelled, Features>();

function featuresOf(pair: Labelled): Features {
  const found = counted.get(pair) ?? features(pair, flagsOf(pair));
  counted.set(pair, found);
  return found;
}

/** Pairs that the score is asked about: no filter but one of style objects. */
export const scorable = (pairs: readonly Labelled[]): Labelled[] =>
  pairs.filter(({ reasons }) => reasons.every(isStyle));

export function train(pairs: readonly Labelled[]): Fitted {
  const columns = columnsOf(pairs.map(featuresOf));
  const penalty = new Float64Array(sizeOf(columns)).fill(PENALTY.features);
  penalty[0] = 0;
  penalty.fill(PENALTY.grams, penalty.length - BUCKETS);
  return { columns, values: fitLogistic(examplesOf(pairs, columns), { penalty }) };
}

const examplesOf = (pairs: readonly Labelled[], columns: Column[]): Examples =>
  packed(
    pairs.map((pair) => terms(featuresOf(pair), pair.summary, columns)),
    pairs.map(({ good }) => good),
  );

/** The model's probability of each pair, in their order. */
export function predict({ columns, values }: Fitted, pairs: readonly Labelled[]): number[] {
  return [...products(examplesOf(pairs, columns), values)].map(sigmoid);
}

/** Each pair's score by a model that has seen nothing of its source. */
export function crossValidated(pairs: readonly Labelled[]): Map<Labelled, number> {
  const scores = new Map<Labelled, number>();
  const foldOf = ({ source }: Labelled): number => hash32(source) % FOLDS;
  for (let fold = 0; fold < FOLDS; fold++) {
    const model = train(pairs.filter((pair) => foldOf(pair) !== fold));
    const unseen = pairs.filter((pair) => foldOf(pair) === fold);
    for (const [at, score] of predict(model, unseen).entries())
      scores.set(unseen[at] as Labelled, score);
  }
  return scores;
}

/** What a threshold keeps of the pairs; those without a score were dropped by a filter. */
export function pointAt(
  pairs: readonly Labelled[],
  scores: ReadonlyMap<Labelled, number>,
  threshold: number,
): OperatingPoint {
  const kept = pairs.filter((pair) => (scores.get(pair) ?? -1) >= threshold);
  const good = pairs.filter((pair) => pair.good).length;
  const right = kept.filter((pair) => pair.good).length;
  return {
    rows: pairs.length,
    good,
    kept: kept.length,
    precision: rounded(right / Math.max(1, kept.length)),
    recall: rounded(right / Math.max(1, good)),
  };
}

/** The lowest threshold, in hundredths, whose kept pairs reach a precision. */
export function thresholdFor(
  pairs: readonly Labelled[],
  scores: ReadonlyMap<Labelled, number>,
  precision: number,
): number {
  for (let hundredths = 1; hundredths < 100; hundredths++) {
    if (pointAt(pairs, scores, hundredths / 100).precision >= precision) return hundredths / 100;
  }
  throw new Error(`no threshold reaches a precision of ${precision} on ${pairs.length} pairs`);
}

/**
 * The threshold, in hundredths, that surpasses both goals by the most standard errors: of the two
 * distances the smaller one counts.
 */
export function balancedThreshold(
  pairs: readonly Labelled[],
  scores: ReadonlyMap<Labelled, number>,
  goals: { precision: number; recall: number },
): number {
  let best = { threshold: 0, room: Number.NEGATIVE_INFINITY };
  for (let hundredths = 1; hundredths < 100; hundredths++) {
    const threshold = hundredths / 100;
    const { precision, recall, kept, good } = pointAt(pairs, scores, threshold);
    const room = Math.min(
      distance(precision, goals.precision, kept),
      distance(recall, goals.recall, good),
    );
    if (room > best.room) best = { threshold, room };
  }
  return best.threshold;
}

/** How far a share of `count` lies above a goal, in standard errors of a share that meets it. */
const distance = (share: number, goal: number, count: number): number =>
  (share - goal) / Math.sqrt((goal * (1 - goal)) / Math.max(1, count));

/** The weights as they are stored. */
export function stored({ columns, values }: Fitted): Pick<Weights, 'bias' | 'features' | 'grams'> {
  const offset = 1 + columns.length;
  const grams: Record<string, number> = {};
  for (let at = 0; at < BUCKETS; at++) {
    const weight = rounded(values[offset + at] ?? 0);
    if (weight !== 0) grams[at] = weight;
  }
  return {
    bias: rounded(values[0] ?? 0),
    features: columns.map(({ name, mean, scale }, at) => ({
      name,
      mean: rounded(mean),
      scale: rounded(scale),
      weight: rounded(values[1 + at] ?? 0),
    })),
    grams,
  };
}

const rounded = (value: number): number => Number(value.toFixed(4));
