import { features, type Pair } from './features.js';
import { sigmoid } from './logistic.js';
import { type Weights, weights } from './model.js';
import { terms } from './vectors.js';
import fitted from './weights.json' with { type: 'json' };

export interface Contribution {
  /** A feature of `features.ts`, or an n-gram in quotation marks (`^` marks the opening). */
  name: string;
  /** Log-odds that it adds. */
  weight: number;
}

export interface Score {
  /** Probability that an annotator would call document and summary good, 0 to 1. */
  value: number;
  /** What moved it most, both ways. */
  why: Contribution[];
}

/** Contributions that are told. */
const TOLD = 6;

/** The learned score beside the rules: logistic regression on the annotators' verdicts. */
export class QualityScore {
  readonly version: string;
  readonly thresholds: Weights['thresholds'];
  private readonly values: Map<number, number>;

  constructor(private readonly model: Weights) {
    this.version = model.version;
    this.thresholds = model.thresholds;
    const { features, grams, bias } = model;
    this.values = new Map([
      [0, bias],
      ...features.map(({ weight }, at): [number, number] => [1 + at, weight]),
      ...Object.entries(grams).map(([at, weight]): [number, number] => [
        1 + features.length + Number(at),
        weight,
      ]),
    ]);
  }

  /** @param flags reasons of the style filters that object to the pair. */
  of(pair: Pair, flags: readonly string[]): Score {
    const parts = terms(features(pair, flags), pair.summary, this.model.features).map(
      ({ name, column, value }) => ({
        name,
        weight: value * (this.values.get(column) ?? 0),
      }),
    );
    const sum = parts.reduce((total, { weight }) => total + weight, 0);
    const why = parts
      .filter(({ name }) => name !== 'bias')
      .sort((a, b) => Math.abs(b.weight) - Math.abs(a.weight))
      .slice(0, TOLD)
      .map(({ name, weight }) => ({ name, weight: Number(weight.toFixed(2)) }));
    return { value: Number(sigmoid(sum).toFixed(4)), why };
  }
}

/** The score fitted on `annotated/train.jsonl`, as shipped. */
export const quality = new QualityScore(weights.parse(fitted));
