/**
 * `gate.json` of a bundle: everything the gate learned (docs/gate.md), fitted on the encoder of that
 * bundle and no other. Lists of numbers have the length of the names they belong to.
 */
export interface GateWeights {
  format: 1;
  /** sha256 of the `encoder.onnx` it was fitted on. */
  encoder: string;
  state: StateWeights;
  surface: { names: string[]; mean: number[]; deviation: number[] };
  suitability: SuitabilityWeights;
  /** Null until suggestions of this bundle were judged: then the manifest's calibration counts. */
  confidence: ConfidenceWeights | null;
}

/**
 * A normal distribution of the encoder states of suitable documents in D dimensions: R principal
 * directions, and one variance for all others (probabilistic PCA; Tipping & Bishop 1999).
 */
export interface StateWeights {
  /** D. */
  mean: number[];
  /** R x D, orthonormal rows. */
  basis: number[][];
  /** R, along the basis. */
  variance: number[];
  /** Of each direction outside the basis. */
  noise: number;
  /** Distance of the training documents: mean and 95th percentile, for drift checks. */
  distance: { mean: number; p95: number };
}

/** Multinomial logistic regression on the R whitened state coordinates and the standardised surface. */
export interface SuitabilityWeights {
  /** K kinds; `prose` is among them and means suitable. */
  kinds: string[];
  /** K x (R + surface). */
  weights: number[][];
  bias: number[];
  /** Least probability of `prose` at which a document gets a suggestion. */
  threshold: number;
}

/** Logistic regression on standardised features of a suggestion. */
export interface ConfidenceWeights {
  features: ConfidenceFeature[];
  bias: number;
  /** Least confidence at which a suggestion is shown when a request says nothing else. */
  threshold: number;
  /** What the threshold was chosen for, and on how many judgments. */
  precision: number;
  judged: number;
}

export interface ConfidenceFeature {
  name: string;
  mean: number;
  deviation: number;
  weight: number;
}
