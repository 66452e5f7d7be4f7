import type { Session, StepOutput } from './session.js';
import type { Decoding } from './types.js';

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
  /** Sum of `logProbs` over T^lengthPenalty. */
  score: number;
  /** Whether it ended with `eos`. */
  ended: boolean;
}

export interface SearchOptions extends Decoding {
  /** Start id: `short`, `medium`, ... */
  mode: number;
  eos: number;
  /** Ids no hypothesis may write: an exported graph gives masked ids a small probability, not none. */
  never?: ReadonlySet<number> | undefined;
  signal?: AbortSignal | undefined;
}

/** The last id of a path through the search and the way back; the root stands before the first id. */
interface Node {
  token: number;
  /** Ids up to here, this one included. */
  length: number;
  /** Sum of log-probabilities up to here. */
  total: number;
  logProb: number;
  /** The step that wrote this id, and the hypothesis' row in it. */
  step: StepOutput;
  row: number;
  parent: Node | undefined;
}

/**
 * Beam search over the decoder step: N hypotheses share one document's memory. The twin of
 * `distill/distill/decode.py`; the golden fixtures hold the two together.
 *
 * Each step ranks all continuations of all live hypotheses by summed log-probability. Of the best
 * `2 x beam`, every `eos` ends its hypothesis and the best `beam` others go on. Ended hypotheses
 * compare by sum over length^lengthPenalty (Wu et al. 2016, "Google's Neural Machine Translation
 * System", simplified as in Marian); the search stops when no live one can still become the best.
 * `beam: 1` is greedy search.
 *
 * @returns at most `beam` ended hypotheses, best first; when none ended within `maxTokens`, the live ones.
 * @throws the signal's reason when it is aborted between two steps.
 */
export async function beamSearch<M>(
  session: Session<M>,
  memory: M,
  options: SearchOptions,
): Promise<Hypothesis[]> {
  const { beam, maxTokens, lengthPenalty, eos, signal } = options;
  const ended: Node[] = [];
  let live: (Node | undefined)[] = [undefined];
  let state: Float32Array = new Float32Array(session.stateSize);

  for (let length = 1; length <= maxTokens && live.length > 0; length++) {
    signal?.throwIfAborted();
    const recent = recentIds(live, options.mode);
    const step = await session.step(memory, { hypotheses: live.length, recent, state });
    const ranked = continuations(live, step, session.topK, options);
    live = [];
    for (const node of ranked.slice(0, beam === 1 ? 1 : 2 * beam)) {
      if (node.token === eos) ended.push(node);
      else if (live.length < beam) live.push(node);
    }
    if (settled(ended, live, lengthPenalty, maxTokens)) break;
    state = gather(step.nextState, live, session.stateSize);
  }

  const found = ended.length > 0 ? ended : live;
  return found
    .filter((node) => node !== undefined)
    .map((node) => unroll(node, eos, lengthPenalty))
    .sort((a, b) => b.score - a.score)
    .slice(0, beam);
}

/** N x 3: the last three ids of every hypothesis, the mode id before the first, -1 before that. */
function recentIds(live: readonly (Node | undefined)[], mode: number): BigInt64Array {
  const recent = new BigInt64Array(live.length * 3).fill(-1n);
  for (const [row, last] of live.entries()) {
    let node = last;
    for (let k = 0; k < 3; k++, node = node.parent) {
      recent[row * 3 + k] = BigInt(node ? node.token : mode);
      if (!node) break;
    }
  }
  return recent;
}

/** All allowed next ids of all hypotheses, the likeliest path first. */
function continuations(
  live: readonly (Node | undefined)[],
  step: StepOutput,
  topK: number,
  options: SearchOptions,
): Node[] {
  const nodes: Node[] = [];
  for (const [row, parent] of live.entries()) {
    const written = pathIds(parent);
    for (let k = 0; k < topK; k++) {
      const token = Number(step.tokens[row * topK + k]);
      const logProb = step.logProbs[row * topK + k] as number;
      // The graph masks an id with -1e9 or -infinity; a NaN fails this comparison too.
      if (!(logProb > -1e8)) continue;
      if (options.never?.has(token)) continue;
      if (token === options.eos && written.length < options.minTokens) continue;
      if (repeats(written, token, options.noRepeatNgram)) continue;
      const total = (parent?.total ?? 0) + logProb;
      nodes.push({ token, length: written.length + 1, total, logProb, step, row, parent });
    }
  }
  return nodes.sort((a, b) => b.total - a.total || a.row - b.row || a.token - b.token);
}

function pathIds(last: Node | undefined): number[] {
  const ids = new Array<number>(last?.length ?? 0);
  for (let node = last; node; node = node.parent) ids[node.length - 1] = node.token;
  return ids;
}

/** Whether `token` would complete a run of `n` ids that was written before. */
function repeats(written: readonly number[], token: number, n: number): boolean {
  if (n < 1) return false;
  const tail = written.length - (n - 1);
  for (let start = 0; start < tail; start++) {
    if (written[start + n - 1] !== token) continue;
    let same = true;
    for (let k = 0; same && k < n - 1; k++) same = written[start + k] === written[tail + k];
    if (same) return true;
  }
  return false;
}

function score(node: Node, alpha: number): number {
  return node.total / node.length ** alpha;
}

/** Log-probabilities only fall, so a live path scores at most its sum over the largest norm. */
function settled(
  ended: readonly Node[],
  live: readonly (Node | undefined)[],
  alpha: number,
  maxTokens: number,
): boolean {
  const best = Math.max(...ended.map((node) => score(node, alpha)));
  const ahead = live[0]?.total ?? Number.NEGATIVE_INFINITY;
  return ended.length > 0 && ahead / maxTokens ** alpha <= best;
}

/** The state rows of the hypotheses that go on; the document's memory is never copied. */
function gather(
  state: Float32Array,
  live: readonly (Node | undefined)[],
  size: number,
): Float32Array {
  const rows = new Float32Array(live.length * size);
  for (const [i, node] of live.entries()) {
    const row = node?.row ?? 0;
    rows.set(state.subarray(row * size, (row + 1) * size), i * size);
  }
  return rows;
}

function unroll(last: Node, eos: number, alpha: number): Hypothesis {
  const path: Node[] = [];
  for (let node: Node | undefined = last; node; node = node.parent) path.push(node);
  path.reverse();
  const ended = last.token === eos;
  return {
    ids: (ended ? path.slice(0, -1) : path).map((node) => node.token),
    logProbs: path.map((node) => node.logProb),
    entropy: path.map(({ step, row }) => step.entropy[row] as number),
    gate: path.map(({ step, row }) => step.gate[row] as number),
    copy: path.map(({ step, row }) => {
      const positions = step.copy.length / step.gate.length;
      return step.copy.subarray(row * positions, (row + 1) * positions);
    }),
    score: score(last, alpha),
    ended,
  };
}
