import type { Document } from '../documents/document.js';
import type { Rendered } from '../documents/render.js';
import type { Prose } from './core/index.js';

/** Prose that is sent to a worker; `more` says that the document has lines beyond. */
export interface CutProse extends Prose {
  more: boolean;
}

/** A title is cut long before it fills the encoder. */
const TITLE_TOKENS = 512;
/** No piece is longer than 16 characters; twice that leaves the exact cut to the tokenizer. */
const CHARACTERS_A_TOKEN = 32;

/** The readers of `documents/` look at so many characters unless told otherwise (`READ_LIMIT`). */
const READ = 60_000;

/** Whether the reader stopped before the document's end: behind its last block there is more text. */
export function partlyRead({ source, blocks }: Document): boolean {
  return source.length > READ && /\p{L}/u.test(source.slice(blocks.at(-1)?.end ?? 0));
}

/** How much of a document is sent: what `tokens` ids can hold and not much more, or so many words. */
export type ProseLimit = { tokens: number } | { words: number };

/** The beginning of a rendered document within the limit. */
export function proseWithin(rendered: Rendered, limit: ProseLimit): CutProse {
  const { lines, whole } =
    'words' in limit ? byWords(rendered, limit.words) : byCharacters(rendered, limit.tokens);
  const title = rendered.title?.slice(0, TITLE_TOKENS * CHARACTERS_A_TOKEN);
  return { title, lines, more: !whole };
}

function byCharacters({ lines: all, text }: Rendered, tokens: number) {
  const most = tokens * CHARACTERS_A_TOKEN;
  const lines: string[] = [];
  let characters = 0;
  let whole = true;
  for (const { start, end } of all) {
    if (characters >= most) return { lines, whole: false };
    const line = text.slice(start, Math.min(end, start + most));
    whole &&= line.length === end - start;
    lines.push(line);
    characters += line.length;
  }
  return { lines, whole };
}

/** A megabyte without a space is one word to nobody: the characters count as well. */
const CHARACTERS_A_WORD = 16;

function byWords({ lines: all, text }: Rendered, most: number) {
  const lines: string[] = [];
  let left = most;
  let characters = most * CHARACTERS_A_WORD;
  for (const { start, end } of all) {
    const stop = wordEnd(text, start, Math.min(end, start + characters), left);
    if (stop.at > start) lines.push(text.slice(start, stop.at));
    if (stop.at < end) return { lines, whole: false };
    left -= stop.words;
    characters -= stop.at - start;
  }
  return { lines, whole: true };
}

/** End of the last of `most` words between `start` and `end`, where words stand between spaces. */
function wordEnd(text: string, start: number, end: number, most: number) {
  let words = 0;
  for (let at = start; at < end; ) {
    if (words === most) return { at: at - 1, words };
    words++;
    const space = text.indexOf(' ', at);
    if (space < 0 || space >= end) return { at: end, words };
    at = space + 1;
  }
  return { at: end, words };
}
