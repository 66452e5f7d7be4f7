import { sentences } from './sentences.js';
import { wordsWithin } from './tokens.js';
import type { Prose, Tokenizer } from './types.js';

/** A sentence of the prose, or a piece of one that is too long to be read at once, with its ids. */
export interface Unit {
  line: number;
  /** UTF-16 range in that line. */
  start: number;
  end: number;
  ids: number[];
  /** Whether it is a whole sentence. */
  whole: boolean;
}

/** English prose has about four characters an id; a longer piece is tokenised in parts. */
const CHARACTERS_AN_ID = 4;

/**
 * All sentences of a document in order, tokenised. Ids of words do not depend on what follows, so
 * that a line's ids are those of its sentences, one after the other.
 *
 * @param limit most ids a unit may hold; what is longer comes in several.
 */
export function* units(prose: Prose, tokenizer: Tokenizer, limit: number): Generator<Unit> {
  const { title, lines } = prose;
  for (let line = title && title === lines[0] ? 1 : 0; line < lines.length; line++) {
    const text = lines[line] as string;
    for (const { start, end } of sentences(text)) {
      for (const part of parts(text, start, end, limit * CHARACTERS_AN_ID)) {
        const ids = tokenizer.encode(text.slice(part.start, part.end));
        const whole = part.start === start && part.end === end && ids.length <= limit;
        for (let at = 0; at < ids.length; at += limit) {
          yield { line, ...part, ids: ids.slice(at, at + limit), whole };
        }
      }
    }
  }
}

function* parts(text: string, start: number, end: number, most: number) {
  for (let at = start; at < end; ) {
    const length = end - at <= most ? end - at : wordsWithin(text.slice(at, end), most).length;
    if (length === 0) return;
    yield { start: at, end: at + length };
    at += length;
    while (at < end && text[at] === ' ') at++;
  }
}
