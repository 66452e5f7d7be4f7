import type { Given } from './kept.js';
import { follow, type Seams } from './seams.js';
import type { StepOutput } from './session.js';
import type { Decoding } from './types.js';

/** The last id of a path through the search and the way back; the root stands before the first id. */
export interface Node {
  token: number;
  /** Ids up to here, this one included. */
  length: number;
  /** Sum of log-probabilities up to here, less what its seams cost. */
  total: number;
  logProb: number;
  /** Source positions it may have been copied from, and seams up to here. */
  at: readonly number[];
  seams: number;
  /** The step that wrote this id, and the hypothesis' row in it. */
  step: StepOutput;
  row: number;
  parent: Node | undefined;
}

/** What one search is told beside how all of them decode. */
export interface SearchOptions extends Decoding {
  /** Start id: `short`, `medium`, ... */
  mode: number;
  eos: number;
  /** Ids no hypothesis may write: an exported graph gives masked ids a small probability, not none. */
  never?: ReadonlySet<number> | undefined;
  /** The document's ids, to keep close to; without them seams cost nothing and are not counted. */
  seams?: Seams | undefined;
  /** What it is to write, whatever the decoder would rather write. */
  given?: Given | undefined;
}

/** One beam search, a step at a time: the hypotheses that go on, and those that ended. */
export class Search {
  live: (Node | undefined)[] = [undefined];
  private readonly ended: Node[] = [];

  constructor(
    readonly options: SearchOptions,
    private readonly topK: number,
  ) {}

  /** N x 3: the last three ids of every live hypothesis, the mode id before the first, -1 before that. */
  recent(): bigint[] {
    return this.live.flatMap((last) => {
      const ids: bigint[] = [];
      for (let node = last; ids.length < 3; node = node.parent) {
        ids.push(BigInt(node ? node.token : this.options.mode));
        if (!node) break;
      }
      return [...ids, -1n, -1n].slice(0, 3);
    });
  }

  /** Takes the step whose rows from `first` on are this search's hypotheses. Returns whether it goes on. */
  advance(step: StepOutput, first: number): boolean {
    const { beam, eos } = this.options;
    const ranked = this.continuations(step, first);
    this.live = [];
    for (const node of ranked.slice(0, beam === 1 ? 1 : 2 * beam)) {
      if (node.token === eos) this.ended.push(node);
      else if (this.live.length < beam) this.live.push(node);
    }
    return this.live.length > 0 && !this.settled();
  }

  /** Ended hypotheses, best first; when none ended, the live ones. At most `beam`. */
  found(): Node[] {
    const found = this.ended.length > 0 ? this.ended : this.live;
    return found
      .filter((node) => node !== undefined)
      .sort((a, b) => this.score(b) - this.score(a))
      .slice(0, this.options.beam);
  }

  /** A path's sum over its length^lengthPenalty. */
  score(node: Node): number {
    return node.total / node.length ** this.options.lengthPenalty;
  }

  /** All allowed next ids of all hypotheses, the likeliest path first. */
  private continuations(step: StepOutput, first: number): Node[] {
    const { topK, options } = this;
    const nodes: Node[] = [];
    for (const [i, parent] of this.live.entries()) {
      const row = first + i;
      const given = this.next(step, row, parent);
      if (given) {
        nodes.push(given);
        continue;
      }
      const written = pathIds(parent);
      for (let k = 0; k < topK; k++) {
        const token = Number(step.tokens[row * topK + k]);
        const logProb = step.logProbs[row * topK + k] as number;
        // The graph masks an id with -1e9 or -infinity; a NaN fails this comparison too.
        if (!(logProb > -1e8)) continue;
        if (options.never?.has(token)) continue;
        if (token === options.eos && written.length < options.minTokens) continue;
        if (repeats(written, token, options.noRepeatNgram)) continue;
        const { at, cost, seams } = follow(parent, token, options);
        const total = (parent?.total ?? 0) + logProb - cost;
        const length = written.length + 1;
        nodes.push({ token, length, total, logProb, at, seams, step, row, parent });
      }
    }
    return nodes.sort((a, b) => b.total - a.total || a.row - b.row || a.token - b.token);
  }

  /** The next id that is given; one that the decoder did not think of is as likely as its last thought. */
  private next(step: StepOutput, row: number, parent: Node | undefined): Node | undefined {
    const { given, eos } = this.options;
    if (!given) return undefined;
    const written = parent?.length ?? 0;
    const token = given.ids[written] ?? eos;
    const from = row * this.topK;
    const among = step.tokens.subarray(from, from + this.topK).indexOf(BigInt(token));
    const logProb = step.logProbs[from + (among < 0 ? this.topK - 1 : among)] as number;
    const total = (parent?.total ?? 0) + logProb;
    const at = [given.at + written];
    return { token, length: written + 1, total, logProb, at, seams: 0, step, row, parent };
  }

  /** Log-probabilities only fall, so a live path scores at most its sum over the largest norm. */
  private settled(): boolean {
    const { maxTokens, lengthPenalty } = this.options;
    const best = Math.max(...this.ended.map((node) => this.score(node)));
    const ahead = this.live[0]?.total ?? Number.NEGATIVE_INFINITY;
    return this.ended.length > 0 && ahead / maxTokens ** lengthPenalty <= best;
  }
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
