import { z } from 'zod';
import type { GateWeights } from './core/index.js';
import { BundleError } from './errors.js';

const numbers = z.array(z.number());
const share = z.number().min(0).max(1);
const deviation = z.number().positive();

const features = z.array(
  z.object({ name: z.string(), mean: z.number(), deviation, weight: z.number() }),
);

const gateSchema = z.object({
  format: z.literal(1),
  encoder: z.string(),
  state: z.object({
    mean: numbers,
    basis: z.array(numbers),
    variance: z.array(deviation),
    noise: deviation,
    distance: z.object({ mean: z.number(), p95: z.number() }),
  }),
  surface: z.object({
    names: z.array(z.string()),
    mean: numbers,
    deviation: z.array(deviation),
  }),
  suitability: z.object({
    kinds: z.array(z.string()),
    weights: z.array(numbers),
    bias: numbers,
    threshold: share,
  }),
  confidence: z
    .object({
      features,
      bias: z.number(),
      threshold: share,
      precision: share,
      judged: z.int().nonnegative(),
    })
    .nullable(),
});

const REFIT = 'Fit the gate again (make gate)';

/**
 * The gate of a bundle from the JSON of its `gate.json` (docs/gate.md).
 *
 * @param file its name, for errors.
 * @param encoder sha256 of the bundle's encoder; another encoder's states mean something else.
 * @param width dimensions of its states.
 * @throws BundleError saying what does not fit.
 */
export function gateFrom(text: string, file: string, encoder: string, width: number): GateWeights {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new BundleError(file, 'cannot be read as JSON', REFIT, { cause });
  }
  const parsed = gateSchema.safeParse(json);
  if (!parsed.success) {
    const problem = z.prettifyError(parsed.error).replaceAll('\n', ' ');
    throw new BundleError(file, `is no gate: ${problem}`, REFIT);
  }
  const gate = parsed.data;
  if (gate.encoder !== encoder) {
    throw new BundleError(file, 'was fitted for another encoder.onnx', REFIT);
  }
  const problem = shapeProblem(gate, width);
  if (problem) throw new BundleError(file, problem, REFIT);
  return gate;
}

function shapeProblem({ state, surface, suitability }: GateWeights, width: number) {
  const inputs = state.basis.length + surface.names.length;
  const { kinds, weights, bias } = suitability;
  if (state.mean.length !== width || state.basis.some((row) => row.length !== width)) {
    return `its states have ${state.mean.length} dimensions instead of ${width}`;
  }
  if (state.variance.length !== state.basis.length) return 'lacks a variance for a direction';
  const same = [surface.mean, surface.deviation].every((l) => l.length === surface.names.length);
  if (!same) return 'has means or deviations for other features than it names';
  const rows = weights.length === kinds.length && bias.length === kinds.length;
  if (!rows || weights.some((row) => row.length !== inputs)) {
    return `has weights that are not ${kinds.length} x ${inputs}`;
  }
  return kinds.includes('prose') ? undefined : 'has no kind "prose"';
}
