import type { FeaturePart } from '../suggestion.js';
import type { Calibration } from '../types.js';
import type { ConfidenceWeights, GateWeights } from './weights.js';

/** Numbers about a suggestion, by name; null where there is none. */
export type Features = Record<string, number | null>;

/** A calibrated probability that a reader accepts a suggestion, and what it is made of. */
export interface Confidence {
  confidence: number;
  /** Least confidence at which the bundle wants it shown. */
  threshold: number;
  /** Each feature's part in the log-odds, strongest first; `bias` is what every suggestion has. */
  contributions: FeaturePart[];
}

/** Values outside this many deviations count as that many. */
const MOST_DEVIATIONS = 3;

/**
 * Logistic regression on the features of a suggestion. A feature that is not there counts as its mean.
 *
 * @param gate the bundle's; without one, or before anything was judged, `plain` decides by the mean
 * log-probability alone.
 */
export function confidenceIn(
  features: Features,
  plain: Calibration,
  gate?: GateWeights | undefined,
): Confidence {
  const { features: list, bias, threshold } = gate?.confidence ?? asWeights(plain);
  const contributions = list.map(({ name, mean, deviation, weight }) => {
    const value = features[name] ?? mean;
    const standard = (value - mean) / deviation;
    const clipped = Math.max(-MOST_DEVIATIONS, Math.min(MOST_DEVIATIONS, standard));
    return { name, value, contribution: weight * (gate?.confidence ? clipped : standard) };
  });
  const logit = contributions.reduce((sum, { contribution }) => sum + contribution, bias);
  contributions.sort((a, b) => Math.abs(b.contribution) - Math.abs(a.contribution));
  return {
    confidence: sigmoid(logit),
    threshold,
    contributions: [...contributions, { name: 'bias', value: 1, contribution: bias }],
  };
}

/** The plain gate in the form of the other one. */
function asWeights({ a, b, threshold }: Calibration): ConfidenceWeights {
  const feature = { name: 'meanLogProb', mean: 0, deviation: 1, weight: a };
  const least = sigmoid(a * threshold + b);
  return { features: [feature], bias: b, threshold: least, precision: 0, judged: 0 };
}

function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}
