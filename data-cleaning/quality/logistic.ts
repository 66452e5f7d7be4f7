/** Examples as rows of a sparse matrix; column 0 is 1 in every row. */
export interface Examples {
  /** Where each row begins in `columns` and `values`; one more than rows. */
  starts: Int32Array;
  columns: Int32Array;
  values: Float64Array;
  /** 0 or 1 a row. */
  labels: Uint8Array;
}

export interface LogisticOptions {
  /** Weight of the squared penalty by column; the bias, column 0, is free. */
  penalty: Float64Array;
  rounds?: number;
}

export const sigmoid = (value: number): number => 1 / (1 + Math.exp(-value));

/**
 * Logistic regression with a squared penalty, by accelerated gradient steps (Nesterov 1983) whose
 * length is the inverse of a bound on the curvature: deterministic, no random start.
 * Returns one weight a column.
 */
export function fitLogistic(
  examples: Examples,
  { penalty, rounds = 300 }: LogisticOptions,
): Float64Array {
  const size = penalty.length;
  let weights = new Float64Array(size);
  let ahead = new Float64Array(size);
  const step = 1 / curvature(examples, penalty);
  let momentum = 1;
  for (let round = 0; round < rounds; round++) {
    const errors = products(examples, ahead);
    for (let row = 0; row < errors.length; row++)
      errors[row] = sigmoid(errors[row] as number) - (examples.labels[row] as number);
    const slope = gathered(examples, errors, size);
    const grown = (1 + Math.sqrt(1 + 4 * momentum * momentum)) / 2;
    const pull = (momentum - 1) / grown;
    const next = new Float64Array(size);
    const further = new Float64Array(size);
    for (let i = 0; i < size; i++) {
      const from = ahead[i] as number;
      const value = from - step * ((slope[i] as number) + (penalty[i] as number) * from);
      next[i] = value;
      further[i] = value + pull * (value - (weights[i] as number));
    }
    weights = next;
    ahead = further;
    momentum = grown;
  }
  return weights;
}

/** Each row times the weights. */
export function products({ starts, columns, values }: Examples, weights: Float64Array) {
  const out = new Float64Array(starts.length - 1);
  for (let row = 0; row < out.length; row++) {
    let sum = 0;
    const end = starts[row + 1] as number;
    for (let k = starts[row] as number; k < end; k++)
      sum += (weights[columns[k] as number] as number) * (values[k] as number);
    out[row] = sum;
  }
  return out;
}

/** The rows' sum, each times its factor. */
function gathered({ starts, columns, values }: Examples, factors: Float64Array, size: number) {
  const out = new Float64Array(size);
  for (let row = 0; row < factors.length; row++) {
    const factor = factors[row] as number;
    const end = starts[row + 1] as number;
    for (let k = starts[row] as number; k < end; k++) {
      const column = columns[k] as number;
      out[column] = (out[column] as number) + factor * (values[k] as number);
    }
  }
  return out;
}

/** Largest eigenvalue of the Hessian's bound XᵀX/4, by power iteration, plus the penalty. */
function curvature(examples: Examples, penalty: Float64Array): number {
  const size = penalty.length;
  let vector = new Float64Array(size).fill(1 / Math.sqrt(size));
  let norm = 1;
  for (let round = 0; round < 30; round++) {
    const next = gathered(examples, products(examples, vector), size);
    norm = Math.sqrt(next.reduce((sum, value) => sum + value * value, 0)) || 1;
    vector = next.map((value) => value / norm);
  }
  return (norm / 4) * 1.05 + penalty.reduce((most, value) => Math.max(most, value), 0);
}
