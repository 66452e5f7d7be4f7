import { escaped, escapesOf } from './escape.js';

/** A run of text; `place` names where it stands in the document, if it can be selected there. */
export interface Piece {
  text: string;
  place?: number;
}

export type Block =
  | { kind: 'heading'; level: number; pieces: Piece[] }
  | { kind: 'paragraph'; pieces: Piece[] }
  | { kind: 'list-item'; level: number; ordered: boolean; pieces: Piece[] }
  | { kind: 'table'; rows: Piece[][][] };

/** Characters `start` to `end` of the Markdown came from a place's text from `from` on. */
interface Passage {
  start: number;
  end: number;
  place: number;
  from: number;
  /** Where the Markdown has a character more than the text, ascending. */
  escapes: number[];
}

export interface Rendered {
  text: string;
  passages: Passage[];
}

/** A range of the text at a place, end exclusive. */
export interface Spot {
  place: number;
  from: number;
  to: number;
}

/** Blocks as Markdown that the service reads back as the same headings, items, cells and words. */
export function render(blocks: readonly Block[]): Rendered {
  const writer = new Writer();
  for (const block of blocks) writer.block(block);
  return { text: writer.text, passages: writer.passages };
}

/** Where a range of the Markdown stands in the document. */
export function locate({ passages }: Rendered, start: number, end: number): Spot[] {
  const spots: Spot[] = [];
  for (const passage of passages) {
    const from = Math.max(start, passage.start);
    const to = Math.min(end, passage.end);
    if (from >= to) continue;
    const spot = { from: textIndex(passage, from), to: textIndex(passage, to) };
    if (spot.from < spot.to) spots.push({ place: passage.place, ...spot });
  }
  return spots;
}

const textIndex = ({ start, from, escapes }: Passage, at: number) =>
  from + at - start - escapes.filter((each) => each < at).length;

/** The text of a block without its marks. */
export function plain(block: Block): string {
  const pieces = block.kind === 'table' ? block.rows.map((row) => joined(row)) : [block.pieces];
  return joined(pieces)
    .map(({ text }) => text)
    .join('');
}

/** Lists of pieces as one, with a space between them. */
function joined(lists: readonly Piece[][]): Piece[] {
  const all: Piece[] = [];
  for (const list of lists) {
    if (all.length > 0) all.push({ text: ' ' });
    all.push(...list);
  }
  return all;
}

class Writer {
  text = '';
  readonly passages: Passage[] = [];
  /** Widths of the markers of the list items that the next item may stand in. */
  #markers: number[] = [];

  block(block: Block): void {
    if (!/[^\s]/.test(plain(block))) return;
    if (block.kind === 'list-item') this.#item(block);
    else this.#separate();
    if (block.kind === 'heading') {
      this.text += `${'#'.repeat(Math.min(6, Math.max(1, block.level)))} `;
    }
    if (block.kind === 'table') this.#table(block.rows);
    else this.#pieces(block.pieces);
  }

  #separate(): void {
    this.#markers = [];
    if (this.text !== '') this.text += '\n\n';
  }

  #item({ level, ordered }: Extract<Block, { kind: 'list-item' }>): void {
    const list = this.#markers.length > 0;
    const markers = this.#markers.slice(0, level);
    if (list) this.text += '\n';
    else this.#separate();
    const marker = ordered ? '1. ' : '- ';
    this.text += ' '.repeat(markers.reduce((sum, width) => sum + width, 0)) + marker;
    this.#markers = [...markers, marker.length];
  }

  #table(rows: Piece[][][]): void {
    const columns = Math.max(...rows.map((row) => row.length));
    rows.forEach((row, index) => {
      this.text += index === 0 ? '|' : '\n|';
      for (let column = 0; column < columns; column++) {
        this.text += ' ';
        this.#pieces(row[column] ?? [], false);
        this.text += ' |';
      }
      if (index === 0) this.text += `\n|${' --- |'.repeat(columns)}`;
    });
  }

  #pieces(pieces: readonly Piece[], opens = true): void {
    let first = opens;
    for (const piece of pieces) {
      // Docs has line breaks inside paragraphs; one character stays one character.
      const spaced = piece.text.replace(/\s/g, ' ');
      const text = first ? spaced.replace(/^ +/, '') : spaced;
      if (text === '') continue;
      this.#piece(text, spaced.length - text.length, first, piece.place);
      first = false;
    }
  }

  #piece(text: string, from: number, opens: boolean, place: number | undefined): void {
    const start = this.text.length;
    const escapes: number[] = [];
    let done = 0;
    for (const index of escapesOf(text, opens)) {
      this.text += text.slice(done, index);
      const character = escaped(text.charAt(index));
      for (let more = 0; more < character.length - 1; more++) escapes.push(this.text.length + more);
      this.text += character;
      done = index + 1;
    }
    this.text += text.slice(done);
    if (place === undefined) return;
    this.passages.push({ start, end: this.text.length, place, from, escapes });
  }
}
