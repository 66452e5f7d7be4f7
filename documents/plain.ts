import type { Block, Document } from './document.js';
import { Piece } from './piece.js';

const LIST_ITEM = /^\s*(?:[-*+\u2022]|\d{1,3}[.)])\s+/;

/** Plain text: paragraphs are divided by blank lines, list items by their markers. */
export function readPlain(
  source: string,
  options: { title?: string | undefined; limit?: number } = {},
): Document {
  const blocks: Block[] = [];
  let piece: Piece | undefined;
  let kind: Block['kind'] = 'paragraph';
  const close = () => {
    const done = piece?.finish(source);
    if (done && /[\p{L}\p{N}]/u.test(done.text)) {
      blocks.push({ kind, ...(kind === 'list-item' ? { level: 0 } : {}), ...done });
    }
    piece = undefined;
  };
  const limit = Math.min(source.length, options.limit ?? 60_000);
  for (let at = 0; at < limit; ) {
    const newline = source.indexOf('\n', at);
    const end = Math.min(newline < 0 ? source.length : newline, limit);
    const line = source.slice(at, end);
    const marker = LIST_ITEM.exec(line)?.[0].length ?? 0;
    if (line.trim() === '' || marker > 0) close();
    if (line.trim() !== '') {
      if (!piece) {
        piece = new Piece();
        kind = marker > 0 ? 'list-item' : 'paragraph';
      } else piece.make(' ');
      piece.copy(line.slice(marker), at + marker);
    }
    at = end + 1;
  }
  close();
  return { ...(options.title ? { title: options.title } : {}), source, blocks };
}
