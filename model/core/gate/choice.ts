import type { Features } from './confidence.js';
import type { ChoiceWeights } from './weights.js';

/** Values outside this many deviations count as that many, as for the confidence. */
const MOST_DEVIATIONS = 3;

/**
 * How good a candidate promises to be beside the others of its document: a sum of weighted, standardised
 * features, in ROUGE-L against the annotated summary (docs/gate.md). Says nothing across documents.
 */
export function promise(features: Features, { features: list }: ChoiceWeights): number {
  return list.reduce((sum, { name, mean, deviation, weight }) => {
    const standard = ((features[name] ?? mean) - mean) / deviation;
    return sum + weight * Math.max(-MOST_DEVIATIONS, Math.min(MOST_DEVIATIONS, standard));
  }, 0);
}
