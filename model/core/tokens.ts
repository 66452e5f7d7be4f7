import type { Prose, SpecialTokens, Tokenizer } from './types.js';

/** A SentencePiece piece is at most this long, so text beyond `limit` times this never counts. */
const PIECE_CHARACTERS = 16;

/** Where the ids of one line lie: positions `first` to `first + count`, exclusive. */
export interface LineRange {
  line: number;
  first: number;
  count: number;
  /** First character of `text` in the line. */
  start: number;
  /** What of the line was tokenised, from character `start` on; it may hold more than `count` ids. */
  text: string;
}

export interface SourceTokens {
  /** At most `limit` ids, `eos` last. */
  ids: number[];
  /** Ranges of the lines that made it in, in order; the title has none. */
  lines: LineRange[];
  /** Whether anything of the document was left out. */
  truncated: boolean;
}

/**
 * The encoder's input for a document, exactly as `docs/bundle.md` lays it out:
 * `bos, enc(title), title-id, enc(line 1), newline-id, enc(line 2), ..., eos`.
 *
 * Every line is cut before it reaches the tokenizer: 1 MB without a space costs no more than
 * `limit` words.
 *
 * @param limit most ids, special ones included; at least 2.
 */
export function sourceTokens(
  prose: Prose,
  tokenizer: Tokenizer,
  special: SpecialTokens,
  limit: number,
): SourceTokens {
  const { title, lines } = prose;
  const room = limit - 1;
  const ids = [special.bos];
  const ranges: LineRange[] = [];
  let cut = false;

  const append = (text: string): string => {
    const part = wordsWithin(text, (room - ids.length) * PIECE_CHARACTERS);
    const encoded = tokenizer.encode(part);
    const fitting = Math.min(encoded.length, room - ids.length);
    cut ||= part.length < text.length || fitting < encoded.length;
    for (let i = 0; i < fitting; i++) ids.push(encoded[i] as number);
    return part;
  };

  if (title) {
    append(title);
    if (ids.length < room) ids.push(special.title);
  }
  const start = title && title === lines[0] ? 1 : 0;
  for (let line = start; line < lines.length; line++) {
    const text = lines[line] as string;
    if (text === '') continue;
    if (ids.length >= room) {
      cut = true;
      break;
    }
    if (ranges.length > 0) ids.push(special.newline);
    const first = ids.length;
    const part = append(text);
    ranges.push({ line, first, count: ids.length - first, start: 0, text: part });
  }
  ids.push(special.eos);
  return { ids, lines: ranges, truncated: cut };
}

/**
 * The longest beginning of `text` within `characters` that ends between words: ids of whole words do
 * not depend on what follows, so cutting there changes none. A word longer than that is cut inside.
 */
export function wordsWithin(text: string, characters: number): string {
  if (text.length <= characters) return text;
  const space = text.lastIndexOf(' ', characters);
  if (space > characters / 2) return text.slice(0, space);
  const code = text.charCodeAt(characters - 1);
  const splitsPair = code >= 0xd800 && code < 0xdc00;
  return text.slice(0, splitsPair ? characters - 1 : characters);
}
