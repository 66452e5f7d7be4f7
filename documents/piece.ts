import type { Span } from './document.js';
import { normaliseMapped } from './normalise.js';

/** Text under construction, with the source index of every character (-1: made up on the way). */
export class Piece {
  private readonly parts: string[] = [];
  private readonly origins: number[] = [];

  /** Characters copied from the source, from `at` on. */
  copy(text: string, at: number): void {
    this.parts.push(text);
    for (let i = 0; i < text.length; i++) this.origins.push(at + i);
  }

  make(text: string): void {
    this.parts.push(text);
    for (let i = 0; i < text.length; i++) this.origins.push(-1);
  }

  /** `text` is what a parser made of `raw` (escapes and entities resolved), which starts at `at`. */
  align(text: string, raw: string, at: number): void {
    if (text === raw) {
      this.copy(text, at);
      return;
    }
    this.parts.push(text);
    let r = 0;
    for (let i = 0; i < text.length; i++) {
      const found = advance(text[i] as string, raw, r);
      if (found < 0) {
        const entity = /^&[#\w]{1,32};/.exec(raw.slice(r, r + 34));
        this.origins.push(-1);
        if (entity) r += entity[0].length;
      } else {
        this.origins.push(at + found);
        r = found + 1;
      }
    }
  }

  /** Normalised text and what of it stands in `source` as it is. */
  finish(source: string): { text: string; spans: Span[]; start: number; end: number } {
    const raw = this.parts.join('');
    const { text, origin } = normaliseMapped(raw);
    const spans: Span[] = [];
    for (let i = 0; i < text.length; i++) {
      const from = origin[i] as number;
      const at = this.origins[from] as number;
      if (at < 0 || source[at] !== text[i]) continue;
      const last = spans.at(-1);
      if (last && last.text + last.length === i && last.source + last.length === at) {
        last.length++;
      } else {
        spans.push({ text: i, source: at, length: 1 });
      }
    }
    const end = spans.reduce((most, span) => Math.max(most, span.source + span.length), 0);
    const start = spans.reduce((least, span) => Math.min(least, span.source), end);
    return { text, spans, start, end };
  }
}

/** Index of `character` in `raw` from `r` on, passing only over markup that a parser swallows. */
function advance(character: string, raw: string, r: number): number {
  for (let k = r; k < raw.length; k++) {
    const c = raw[k] as string;
    if (c === character) return c === '&' && /^&[#\w]{1,32};/.test(raw.slice(k, k + 34)) ? -1 : k;
    if (c !== '\\' && c !== '>' && !/\s/.test(c)) return -1;
  }
  return -1;
}
