import { centrality } from './central.js';
import { pooled } from './pooled.js';
import { type Positions, sourcePositions } from './provenance.js';
import type { Reader, ReadingOptions } from './reading.js';
import type { Prose } from './types.js';
import type { Unit } from './units.js';
import { layOut, packed, type Window } from './windows.js';

/** Share of a window that repeats the end of the one before. */
const OVERLAP = 1 / 8;

/** What of a long document the decoder will see. */
export interface Chosen {
  windows: Window[];
  /** Ids the encoder read to choose them. */
  tokens: number;
}

/** The first window as usual, title included, and the most central of the others, in their order. */
export async function centralWindows<M>(
  { session, tokenizer, special, sourceTokens: limit }: Reader<M>,
  prose: Prose,
  start: Window,
  everything: Iterable<Unit>,
  { longDocuments, windows: most }: ReadingOptions,
  signal?: AbortSignal,
): Promise<Chosen> {
  const all = [start];
  const rest = after(sourcePositions(start, tokenizer), everything);
  for (const window of packed(rest, limit, Math.floor(limit * OVERLAP))) {
    all.push(layOut(window, prose, special));
  }
  const tokens = all.reduce((sum, { ids }) => sum + ids.length, 0);
  const keep = longDocuments === 'central' ? 2 : most;
  if (all.length <= keep) return { windows: all, tokens };
  const central = centrality(
    await pooled(
      session,
      all.map(({ ids }) => ids),
      signal,
    ),
  );
  const others = all.map((_, i) => i).slice(1);
  const best = others.sort((a, b) => (central[b] as number) - (central[a] as number));
  const kept = new Set([0, ...best.slice(0, keep - 1)]);
  return { windows: all.filter((_, i) => kept.has(i)), tokens };
}

/** Share of the window that the beginning gets when the rest is filled with central sentences. */
const BEGINNING = 1 / 2;

/** The first half of the first window, and the most central sentences that fit behind it. */
export async function centralSentences<M>(
  { session, special, sourceTokens: limit }: Reader<M>,
  prose: Prose,
  start: Window,
  all: Unit[],
  signal?: AbortSignal,
): Promise<Chosen> {
  const frame = (unit: Unit) => [special.bos, ...unit.ids, special.eos];
  const central = centrality(await pooled(session, all.map(frame), signal));
  const chosen = new Set<number>();
  // The title keeps its place in front.
  const title = start.ids.slice(0, start.lines[0]?.first ?? 1);
  let size = title.length + 1;
  const add = (i: number, most: number) => {
    const length = (all[i] as Unit).ids.length + 1;
    if (size + length > most) return false;
    if (!chosen.has(i)) size += length;
    chosen.add(i);
    return true;
  };
  for (let i = 0; i < all.length && add(i, limit * BEGINNING); i++);
  const order = all
    .map((_, i) => i)
    .sort((a, b) => (central[b] as number) - (central[a] as number));
  for (const i of order) add(i, limit);
  const body = layOut(
    all.filter((_, i) => chosen.has(i)),
    prose,
    special,
  );
  const shift = title.length - 1;
  const window = {
    ids: [...title, ...body.ids.slice(1)],
    lines: body.lines.map((range) => ({ ...range, first: range.first + shift })),
  };
  return { windows: [window], tokens: all.reduce((sum, unit) => sum + frame(unit).length, 0) };
}

/** The sentences that a window holds only in part or not at all. */
function* after({ line, at }: Positions, all: Iterable<Unit>): Generator<Unit> {
  // The last position is that of `eos`.
  const last = line.at(-2) ?? -1;
  const reached = at.at(-2) ?? -1;
  for (const unit of all) {
    if (unit.line > last || (unit.line === last && unit.end > reached + 1)) yield unit;
  }
}
