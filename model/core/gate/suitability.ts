import type { FeaturePart } from '../suggestion.js';
import type { LaidOut } from './layout.js';
import { type Surface, surfaceOf } from './surface.js';
import type { GateWeights, StateWeights } from './weights.js';

/** The kind that gets suggestions. */
export const PROSE = 'prose';

/** What the gate knows of a document before a word is written. */
export interface Assessment {
  /** The likeliest kind of unsuitable document, also where the document is suitable. */
  kind: string;
  /** Probability that the document is suitable, 0..1. */
  suitability: number;
  suitable: boolean;
  /** Probabilities of all kinds, the likeliest first. */
  kinds: [kind: string, probability: number][];
  /** Distance of the encoder state from those of training documents: about 1 is usual. */
  distance: number;
  /** What speaks for `prose` (above 0) and for the likeliest other kind (below), strongest first. */
  contributions: FeaturePart[];
}

/** Values outside this many deviations count as that many: no one odd figure decides alone. */
const MOST_DEVIATIONS = 4;

/**
 * Kind of a document from the encoder's pooled state (D numbers) and its surface.
 *
 * @param surface of the same document; names the weights do not know are left out.
 */
export function assess(state: Float32Array, surface: Surface, gate: GateWeights): Assessment {
  const { whitened, distance } = project(state, gate.state);
  const { names, mean, deviation } = gate.surface;
  const standard = names.map((name, i) =>
    clip(((surface[name] ?? 0) - at(mean, i)) / at(deviation, i)),
  );
  const inputs = [...whitened, ...standard];
  const { kinds, weights, bias, threshold } = gate.suitability;
  const logits = weights.map((row, k) => at(bias, k) + dot(row, inputs));
  const probabilities = softmax(logits);
  const prose = kinds.indexOf(PROSE);
  const suitability = at(probabilities, prose);
  const others = kinds.map((_, k) => k).filter((k) => k !== prose);
  const kind = others.reduce((a, b) => (at(logits, b) > at(logits, a) ? b : a));
  const lead = (i: number) => at(weights[prose] as number[], i) - at(weights[kind] as number[], i);
  const contributions = names.map((name, i) => ({
    name,
    value: surface[name] ?? 0,
    contribution: lead(whitened.length + i) * at(standard, i),
  }));
  contributions.push({
    name: 'encoder state',
    value: distance,
    contribution: whitened.reduce((sum, x, i) => sum + lead(i) * x, 0),
  });
  return {
    kind: kinds[kind] as string,
    suitability,
    // Not `<`: a NaN from a broken model must not pass.
    suitable: suitability >= threshold,
    kinds: kinds
      .map((name, k): [string, number] => [name, at(probabilities, k)])
      .sort((a, b) => b[1] - a[1]),
    distance,
    contributions: contributions.sort(
      (a, b) => Math.abs(b.contribution) - Math.abs(a.contribution),
    ),
  };
}

/** The same from the document itself. */
export function assessDocument(
  state: Float32Array,
  document: LaidOut,
  gate: GateWeights,
): Assessment {
  return assess(state, surfaceOf(document), gate);
}

/** Coordinates along the basis in deviations, and the root mean square distance over all D. */
export function project(state: Float32Array, weights: StateWeights) {
  const { mean, basis, variance, noise } = weights;
  const centred = mean.map((m, i) => (state[i] as number) - m);
  const along = basis.map((row) => dot(row, centred));
  const rest = Math.max(0, dot(centred, centred) - dot(along, along));
  const whitened = along.map((x, r) => x / Math.sqrt(at(variance, r)));
  const square = dot(whitened, whitened) + rest / noise;
  return { whitened: whitened.map(clip), distance: Math.sqrt(square / mean.length) };
}

function softmax(logits: readonly number[]): number[] {
  const most = Math.max(...logits);
  const exponents = logits.map((x) => Math.exp(x - most));
  const total = exponents.reduce((sum, x) => sum + x, 0);
  return exponents.map((x) => x / total);
}

function clip(x: number): number {
  return Math.max(-MOST_DEVIATIONS, Math.min(MOST_DEVIATIONS, x));
}

function dot(a: readonly number[], b: readonly number[]): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += at(a, i) * at(b, i);
  return sum;
}

const at = (list: readonly number[], i: number) => list[i] as number;
