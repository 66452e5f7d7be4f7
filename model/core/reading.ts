import type { GateWeights } from './gate/weights.js';
import { joinPositions, type Positions, sourcePositions } from './provenance.js';
import { centralSentences, centralWindows } from './selection.js';
import type { Session } from './session.js';
import { sourceTokens } from './tokens.js';
import type { LongDocuments, Prose, SpecialTokens, Tokenizer } from './types.js';
import { units } from './units.js';

/** How a document is read that is longer than the encoder's limit. */
export interface ReadingOptions {
  longDocuments: LongDocuments;
  /** Most windows the decoder sees at once. */
  windows: number;
}

/** What stays the same for all documents of a bundle. */
export interface Reader<M> {
  session: Session<M>;
  tokenizer: Tokenizer;
  special: SpecialTokens;
  /** Most ids the encoder reads at once. */
  sourceTokens: number;
  /** Undefined for a bundle without `gate.json`. */
  gate?: GateWeights | undefined;
}

/** A document in the decoder's memory. */
export interface Reading<M> {
  memory: M;
  /** S ids the memory stands for. */
  ids: number[];
  positions: Positions;
  /** Mean encoder state of the first window: what the gate was fitted on. */
  state: Float32Array;
  /** Ids the encoder read, sentences that stand in two windows counted twice. */
  tokens: number;
  /** Whether part of the document was never read. */
  truncated: boolean;
}

/**
 * Encodes a document. One that fits the encoder is read whole, as it was trained. A longer one:
 *
 * - `first`: only its beginning;
 * - `all`: in windows, all of them in the decoder's memory, one after the other on the source axis;
 *   the most central ones when there are more than `windows`;
 * - `central`: the first window and the one most central of the rest;
 * - `sentences`: its beginning and its most central sentences, as one window.
 *
 * Only vectors and the windows chosen are kept: memory does not grow with the document.
 *
 * @throws the signal's reason when it is aborted between two windows.
 */
export async function read<M>(
  reader: Reader<M>,
  prose: Prose,
  options: ReadingOptions,
  signal?: AbortSignal,
): Promise<Reading<M>> {
  const { session, tokenizer, special, sourceTokens: limit } = reader;
  const start = sourceTokens(prose, tokenizer, special, limit);
  if (options.longDocuments === 'first' || !start.truncated) {
    const memory = await session.encode(start.ids);
    const positions = sourcePositions(start, tokenizer);
    return {
      memory,
      ids: start.ids,
      state: session.state(memory),
      positions,
      tokens: start.ids.length,
      truncated: start.truncated,
    };
  }
  const everything = units(prose, tokenizer, limit - 3);
  const chosen =
    options.longDocuments === 'sentences'
      ? await centralSentences(reader, prose, start, [...everything], signal)
      : await centralWindows(reader, prose, start, everything, options, signal);
  const memories: M[] = [];
  for (const { ids } of chosen.windows) {
    signal?.throwIfAborted();
    memories.push(await session.encode(ids));
  }
  return {
    memory: memories.length === 1 ? (memories[0] as M) : session.join(memories),
    ids: chosen.windows.flatMap(({ ids }) => ids),
    state: session.state(memories[0] as M),
    positions: joinPositions(chosen.windows.map((window) => sourcePositions(window, tokenizer))),
    tokens: chosen.tokens,
    truncated: false,
  };
}
