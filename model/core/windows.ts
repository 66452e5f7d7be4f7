import type { LineRange, SourceTokens } from './tokens.js';
import type { Prose, SpecialTokens } from './types.js';
import type { Unit } from './units.js';

/** What the encoder reads at once, laid out like a document. */
export type Window = Pick<SourceTokens, 'ids' | 'lines'>;

/**
 * Packs sentences into windows of at most `limit` ids, special ones included. Every window begins
 * with the last sentences of the one before, up to `overlap` ids, so that no sentence is read
 * without its neighbours.
 */
export function* packed(
  all: Iterable<Unit>,
  limit: number,
  overlap: number,
): Generator<Unit[], void, undefined> {
  let window: Unit[] = [];
  let size = 2;
  let repeated = 0;
  for (const unit of all) {
    // Every unit may need a newline id in front of it.
    if (window.length > repeated && size + unit.ids.length + 1 > limit) {
      yield window;
      window = tail(window, Math.min(overlap, limit - unit.ids.length - 3));
      repeated = window.length;
      size = 2 + window.reduce((sum, { ids }) => sum + ids.length + 1, 0);
    }
    window.push(unit);
    size += unit.ids.length + 1;
  }
  if (window.length > repeated) yield window;
}

function tail(window: readonly Unit[], most: number): Unit[] {
  let size = 0;
  let from = window.length;
  while (from > 0) {
    size += (window[from - 1] as Unit).ids.length + 1;
    if (size > most) break;
    from--;
  }
  return window.slice(from);
}

/** Sentences in document order as the encoder's input, `docs/bundle.md`; without the title. */
export function layOut(
  window: readonly Unit[],
  { lines }: Prose,
  special: SpecialTokens,
  limit = Number.POSITIVE_INFINITY,
): Window {
  const ids = [special.bos];
  const ranges: LineRange[] = [];
  let last: Unit | undefined;
  for (const unit of window) {
    if (last && last.line !== unit.line) ids.push(special.newline);
    const room = Math.max(0, limit - 1 - ids.length);
    const { line, start, end } = unit;
    const count = Math.min(unit.ids.length, room);
    ranges.push({
      line,
      first: ids.length,
      count,
      start,
      text: (lines[line] as string).slice(start, end),
    });
    for (let i = 0; i < count; i++) ids.push(unit.ids[i] as number);
    last = unit;
  }
  ids.push(special.eos);
  return { ids, lines: ranges };
}
