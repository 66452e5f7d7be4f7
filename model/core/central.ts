/** Vectors of one length; a vector of zeros is like no other. */
export type Vectors = readonly Float32Array[];

/**
 * How central each of R vectors is: its mean cosine with all of them. That is LexRank's degree
 * centrality with the cosines themselves as weights (Erkan & Radev 2004, section 3.1 without the
 * threshold); the sum over all others is one product with the sum of the unit vectors, so that the
 * time is linear in R instead of quadratic.
 */
export function centrality(vectors: Vectors): number[] {
  const units = vectors.map(unit);
  const sum = new Float64Array(units[0]?.length ?? 0);
  for (const vector of units)
    for (let i = 0; i < sum.length; i++) sum[i] = at(sum, i) + at(vector, i);
  return units.map((vector) => dot(vector, sum) / units.length);
}

/**
 * Maximal marginal relevance (Carbonell & Goldstein 1998): each pick weighs its relevance against its
 * likeness to those picked before.
 *
 * @param lambda 1 looks at relevance only, 0 at novelty only.
 * @returns indices in the order of picking, at most `most`.
 */
export function diverse(
  vectors: Vectors,
  relevance: readonly number[],
  most: number,
  lambda: number,
): number[] {
  const units = vectors.map(unit);
  const likeness = new Float64Array(units.length);
  const picked: number[] = [];
  while (picked.length < Math.min(most, units.length)) {
    let best = -1;
    let bestValue = Number.NEGATIVE_INFINITY;
    for (let i = 0; i < units.length; i++) {
      if (picked.includes(i)) continue;
      const value = lambda * at(relevance, i) - (1 - lambda) * at(likeness, i);
      if (best < 0 || value > bestValue) [best, bestValue] = [i, value];
    }
    picked.push(best);
    const chosen = units[best] as Float32Array;
    for (const [i, vector] of units.entries()) {
      likeness[i] = Math.max(at(likeness, i), dot(vector, chosen));
    }
  }
  return picked;
}

/** Cosine of two vectors, 0 when one has no direction. */
export function cosine(a: Float32Array, b: Float32Array): number {
  return dot(unit(a), unit(b));
}

function unit(vector: Float32Array): Float32Array {
  const norm = Math.sqrt(dot(vector, vector));
  return norm > 0 && Number.isFinite(norm)
    ? vector.map((x) => x / norm)
    : new Float32Array(vector.length);
}

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += at(a, i) * at(b, i);
  return sum;
}

const at = (list: ArrayLike<number>, i: number) => list[i] as number;
