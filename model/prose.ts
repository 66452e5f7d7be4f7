import type { Rendered } from '../documents/render.js';
import type { Prose } from './core/index.js';

/** Prose that is sent to a worker; `more` says that the document has lines beyond. */
export interface CutProse extends Prose {
  more: boolean;
}

/** No piece is longer than 16 characters; twice that leaves the exact cut to the tokenizer. */
const CHARACTERS_A_TOKEN = 32;

/** The beginning of a rendered document, as much as `tokens` ids can hold and not much more. */
export function proseWithin(rendered: Rendered, tokens: number): CutProse {
  const most = tokens * CHARACTERS_A_TOKEN;
  const lines: string[] = [];
  let characters = 0;
  for (const { start, end } of rendered.lines) {
    if (characters >= most) break;
    const line = rendered.text.slice(start, Math.min(end, start + most));
    lines.push(line);
    characters += line.length;
  }
  const title = rendered.title?.slice(0, most);
  return { title, lines, more: lines.length < rendered.lines.length };
}
