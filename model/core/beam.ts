import { type Node, Search, type SearchOptions } from './search.js';
import type { Session, StepOutput } from './session.js';

/** One written sequence with what the decoder knew while writing it. T ids, the final `eos` included. */
export interface Hypothesis {
  /** Ids written, without `eos`. */
  ids: number[];
  /** T natural log-probabilities, the one of `eos` last when it ended with one. */
  logProbs: number[];
  /** T entropies of the mixture, nats. */
  entropy: number[];
  /** T weights of the copy distribution. */
  gate: number[];
  /** T rows of copy attention over the S source positions. */
  copy: Float32Array[];
  /** Ids that do not go on where the document goes on; the first one is never a seam. */
  seams: number;
  /** Sum of `logProbs`, less what the seams cost, over T^lengthPenalty. */
  score: number;
  /** Whether it ended with `eos`. */
  ended: boolean;
}

/**
 * Beam search over the decoder step: N hypotheses share one document's memory. The twin of
 * `distill/distill/decode.py`; the golden fixtures hold the two together.
 *
 * Each step ranks all continuations of all live hypotheses by summed log-probability, less the cost of
 * seams (`seams.ts`). Of the best `2 x beam`, every `eos` ends its hypothesis and the best `beam` others
 * go on. Ended hypotheses compare by sum over length^lengthPenalty (Wu et al. 2016, "Google's Neural
 * Machine Translation System", simplified as in Marian); the search stops when no live one can still
 * become the best. `beam: 1` is greedy search.
 *
 * @returns at most `beam` ended hypotheses, best first; when none ended within `maxTokens`, the live ones.
 * @throws the signal's reason when it is aborted between two steps.
 */
export async function beamSearch<M>(
  session: Session<M>,
  memory: M,
  options: SearchOptions & { signal?: AbortSignal | undefined },
): Promise<Hypothesis[]> {
  const [found] = await beamSearches(session, memory, [options], options.signal);
  return found as Hypothesis[];
}

/**
 * Several searches over one document side by side: a step of the decoder takes the rows of all of them,
 * and twelve rows cost little more than four, since its weights are read once.
 */
export async function beamSearches<M>(
  session: Session<M>,
  memory: M,
  options: readonly SearchOptions[],
  signal?: AbortSignal,
): Promise<Hypothesis[][]> {
  const searches = options.map((each) => new Search(each, session.topK));
  let going = searches.filter(({ options: { maxTokens } }) => maxTokens > 0);
  let state: Float32Array = new Float32Array(going.length * session.stateSize);
  for (let length = 1; going.length > 0; length++) {
    signal?.throwIfAborted();
    const hypotheses = going.reduce((sum, { live }) => sum + live.length, 0);
    const recent = BigInt64Array.from(going.flatMap((search) => search.recent()));
    const step = await session.step(memory, { hypotheses, recent, state });
    let row = 0;
    going = going.filter((search) => {
      const first = row;
      row += search.live.length;
      return search.advance(step, first) && length < search.options.maxTokens;
    });
    state = gather(step.nextState, going, session.stateSize);
  }
  return searches.map((search) =>
    search.found().map((node) => unroll(node, search.options.eos, search.score(node))),
  );
}

/** The state rows of the hypotheses that go on; the document's memory is never copied. */
function gather(state: Float32Array, going: readonly Search[], size: number): Float32Array {
  const live = going.flatMap((search) => search.live);
  const rows = new Float32Array(live.length * size);
  for (const [i, node] of live.entries()) {
    const row = node?.row ?? 0;
    rows.set(state.subarray(row * size, (row + 1) * size), i * size);
  }
  return rows;
}

function unroll(last: Node, eos: number, score: number): Hypothesis {
  const path: Node[] = [];
  for (let node: Node | undefined = last; node; node = node.parent) path.push(node);
  path.reverse();
  const ended = last.token === eos;
  return {
    ids: (ended ? path.slice(0, -1) : path).map((node) => node.token),
    logProbs: path.map((node) => node.logProb),
    entropy: path.map(({ step, row }) => step.entropy[row] as number),
    gate: path.map(({ step, row }) => step.gate[row] as number),
    copy: path.map(({ step, row }) => copyRow(step, row)),
    seams: last.seams,
    score,
    ended,
  };
}

function copyRow({ copy, gate }: StepOutput, row: number): Float32Array {
  const positions = copy.length / gate.length;
  return copy.subarray(row * positions, (row + 1) * positions);
}
