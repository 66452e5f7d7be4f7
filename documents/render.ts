import type { Block, Document } from './document.js';
import { normalise } from './normalise.js';

export interface RenderedLine {
  /** Range of the line in `Rendered.text`, end exclusive. */
  start: number;
  end: number;
  block: Block;
  /** Characters in front of the block's own text ("- "). */
  prefix: number;
}

export interface Rendered {
  title?: string;
  /** One block a line; no code, no tables. */
  text: string;
  lines: RenderedLine[];
}

export interface RenderOptions {
  /** Characters at most, cut between lines. */
  limit?: number;
}

export function renderText(document: Document, options: RenderOptions = {}): Rendered {
  const limit = options.limit ?? Number.POSITIVE_INFINITY;
  const title = document.title ? plainTitle(document.title) : '';
  const lines: RenderedLine[] = [];
  let text = '';
  for (const block of document.blocks) {
    if (block.kind === 'code' || block.kind === 'table' || block.text === '') continue;
    if (text === '' && title && sameLine(block.text, title)) continue;
    const prefix = block.kind === 'list-item' ? '- ' : '';
    const line = prefix + block.text;
    const start = text === '' ? 0 : text.length + 1;
    if (start + line.length > limit) {
      if (text === '') text = line.slice(0, limit);
      break;
    }
    text = text === '' ? line : `${text}\n${line}`;
    lines.push({ start, end: text.length, block, prefix: prefix.length });
  }
  return { ...(title ? { title } : {}), text, lines };
}

/** The ranges of the caller's text behind the characters `start` to `end` of the rendered text. */
export function sourceRange(
  rendered: Rendered,
  start: number,
  end: number,
): { start: number; end: number } | undefined {
  let first = Number.POSITIVE_INFINITY;
  let last = -1;
  for (const line of rendered.lines) {
    if (line.end <= start || line.start >= end) continue;
    const from = start - line.start - line.prefix;
    const to = end - line.start - line.prefix;
    for (const span of line.block.spans) {
      const a = Math.max(span.text, from);
      const b = Math.min(span.text + span.length, to);
      if (a >= b) continue;
      first = Math.min(first, span.source + a - span.text);
      last = Math.max(last, span.source + b - span.text);
    }
  }
  return last < 0 ? undefined : { start: first, end: last };
}

/** A title from front matter may hold Markdown of its own. */
export function plainTitle(title: string): string {
  return normalise(
    title
      .replace(/\[!(?:DNL|UICONTROL)\s+([^\]]*)\]/g, '$1')
      .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
      .replace(/\{[{%][^}]*[}%]\}/g, ' ')
      .replace(/<\/?[A-Za-z][^<>]*>/g, ' ')
      .replace(/\{[:#.][^{}]*\}/g, ' ')
      .replace(/(\*\*|__|`+)(.+?)\1/g, '$2')
      .replace(/(?<![\w*])\*(\S(?:[^*]*\S)?)\*(?![\w*])/g, '$1')
      .replace(/(?<!\w)_(\S(?:[^_]*\S)?)_(?!\w)/g, '$1')
      .replace(/\\([\\`*_{}[\]()#+\-.!<>|])/g, '$1'),
  );
}

function sameLine(a: string, b: string): boolean {
  const key = (s: string) => s.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
  return key(a) === key(b);
}
