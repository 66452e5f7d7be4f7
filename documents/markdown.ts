import type { Nodes, RootContent } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { frontmatterFromMarkdown } from 'mdast-util-frontmatter';
import { gfmFootnoteFromMarkdown } from 'mdast-util-gfm-footnote';
import { gfmStrikethroughFromMarkdown } from 'mdast-util-gfm-strikethrough';
import { gfmTableFromMarkdown } from 'mdast-util-gfm-table';
import { gfmTaskListItemFromMarkdown } from 'mdast-util-gfm-task-list-item';
import { frontmatter } from 'micromark-extension-frontmatter';
import { gfmFootnote } from 'micromark-extension-gfm-footnote';
import { gfmStrikethrough } from 'micromark-extension-gfm-strikethrough';
import { gfmTable } from 'micromark-extension-gfm-table';
import { gfmTaskListItem } from 'micromark-extension-gfm-task-list-item';
import { NOTHING, SPACE } from './cover.js';
import type { Block, BlockKind, Document } from './document.js';
import { mask } from './mask.js';
import { isPathological } from './pathology.js';
import { Piece } from './piece.js';
import { readPlain } from './plain.js';

export interface ReadOptions {
  title?: string | undefined;
  /** Characters of the source that are read at most; the rest is ignored. */
  limit?: number;
}

export const READ_LIMIT = 60_000;

/** GitHub's Markdown without bare links, which stay text anyway and cost a third of the time. */
const SYNTAX = {
  extensions: [
    gfmTable(),
    gfmFootnote(),
    gfmStrikethrough(),
    gfmTaskListItem(),
    frontmatter(['yaml', 'toml']),
  ],
  mdastExtensions: [
    gfmTableFromMarkdown(),
    gfmFootnoteFromMarkdown(),
    gfmStrikethroughFromMarkdown(),
    gfmTaskListItemFromMarkdown(),
    frontmatterFromMarkdown(['yaml', 'toml']),
  ],
};

export function readMarkdown(source: string, options: ReadOptions = {}): Document {
  const head = cutAtLine(source, options.limit ?? READ_LIMIT).replace(/[\ue000\ue001]/g, '\ue002');
  if (isPathological(head)) return readPlain(source, options);
  const masked = mask(head);
  const tree = fromMarkdown(masked + missingDefinitions(masked), SYNTAX);
  const reader = new Reader(masked);
  for (const node of tree.children) {
    if ((node.position?.start.offset ?? 0) < masked.length) reader.block(node, 0);
  }
  const document: Document = { source, blocks: reader.blocks };
  const title = options.title ?? reader.frontTitle ?? firstHeading(reader.blocks);
  if (title) document.title = title;
  return document;
}

/** Definitions for references whose own lie elsewhere, so that `[text][label]` becomes its text. */
function missingDefinitions(text: string): string {
  const labels = new Set<string>();
  for (const [, label] of text.matchAll(/\]\[([^[\]\n]{1,80})\]/g)) labels.add(`[${label}]: x`);
  for (const [, label] of text.matchAll(/\[(\^[\w-]{1,40})\]/g)) labels.add(`[${label}]: x`);
  return labels.size === 0 ? '' : `\n\n${[...labels].slice(0, 500).join('\n\n')}\n`;
}

export function cutAtLine(text: string, limit: number): string {
  if (text.length <= limit) return text;
  const line = text.lastIndexOf('\n', limit);
  const end = line > limit / 2 ? line + 1 : limit;
  return text.slice(0, end);
}

function firstHeading(blocks: Block[]): string | undefined {
  return blocks.find((block) => block.kind === 'heading' && block.level === 1)?.text;
}

class Reader {
  readonly blocks: Block[] = [];
  frontTitle: string | undefined;

  constructor(private readonly source: string) {}

  block(node: RootContent, depth: number, kind: BlockKind = 'paragraph'): void {
    switch (node.type) {
      case 'yaml':
      case 'toml' as 'yaml':
        this.frontTitle = /^title\s*[:=]\s*(['"]?)(.+)\1\s*$/m.exec(
          (node as { value: string }).value,
        )?.[2];
        return;
      case 'heading':
        this.add('heading', node, node.depth);
        return;
      case 'paragraph':
        this.add(kind, node, kind === 'list-item' ? depth - 1 : undefined);
        return;
      case 'blockquote':
        for (const child of node.children) this.block(child, depth, 'quote');
        return;
      case 'list':
        for (const item of node.children) {
          item.children.forEach((child, index) => {
            this.block(child, depth + 1, index === 0 ? 'list-item' : 'paragraph');
          });
        }
        return;
      case 'code':
        this.addRaw('code', node.value, node);
        return;
      case 'table':
        this.add('table', node);
        return;
      default:
        return;
    }
  }

  private add(kind: BlockKind, node: Nodes, level?: number): void {
    const piece = new Piece();
    this.inline(node, piece);
    const { text, spans, start, end } = piece.finish();
    if (!/[\p{L}\p{N}]/u.test(text)) return;
    this.blocks.push({ kind, text, ...(level === undefined ? {} : { level }), start, end, spans });
  }

  private addRaw(kind: BlockKind, value: string, node: Nodes): void {
    const start = node.position?.start.offset ?? 0;
    const end = node.position?.end.offset ?? start;
    this.blocks.push({ kind, text: value, start, end, spans: [] });
  }

  private inline(node: Nodes, piece: Piece): void {
    switch (node.type) {
      case 'text':
      case 'inlineCode': {
        const [value, raw, at] = this.literal(node.value, node);
        piece.align(value, raw, at);
        return;
      }
      case 'break':
        piece.make(' ');
        return;
      case 'image':
      case 'imageReference':
      case 'html':
      case 'footnoteReference':
        return;
      default:
        if (!('children' in node)) return;
        for (const child of node.children) this.inline(child, piece);
        if (node.type === 'tableCell') piece.make(' | ');
    }
  }

  /** Value without fillers, the source it came from, and where that starts. */
  private literal(value: string, node: Nodes): [string, string, number] {
    const start = node.position?.start.offset ?? 0;
    const raw = this.source.slice(start, node.position?.end.offset ?? start);
    const text =
      value.includes(NOTHING) || value.includes(SPACE) ? value.replaceAll(SPACE, ' ') : value;
    if (node.type !== 'inlineCode') return [text, raw.replaceAll(SPACE, ' '), start];
    const ticks = /^`*/.exec(raw)?.[0].length ?? 0;
    const inner = raw.slice(ticks, raw.length - ticks);
    const lead = inner.startsWith(` ${value}`) ? 1 : 0;
    return [text, inner.slice(lead), start + ticks + lead];
  }
}
