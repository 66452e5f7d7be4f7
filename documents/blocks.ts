import type { Nodes, RootContent } from 'mdast';
import { NOTHING, SPACE } from './cover.js';
import type { Block, BlockKind } from './document.js';
import { Piece } from './piece.js';

/** Turns the nodes of a parsed text into blocks of plain text with spans. */
export class BlockReader {
  readonly blocks: Block[] = [];
  frontTitle: string | undefined;

  private part = '';
  private base = 0;

  constructor(private readonly source: string) {}

  /** The nodes to come were parsed from `part`, which starts at `base` in the source. */
  begin(part: string, base: number): void {
    this.part = part;
    this.base = base;
  }

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
    const { text, spans, start, end } = piece.finish(this.source);
    if (!/[\p{L}\p{N}]/u.test(text)) return;
    this.blocks.push({ kind, text, ...(level === undefined ? {} : { level }), start, end, spans });
  }

  private addRaw(kind: BlockKind, value: string, node: Nodes): void {
    const start = this.base + (node.position?.start.offset ?? 0);
    const end = this.base + (node.position?.end.offset ?? 0);
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
    const from = node.position?.start.offset ?? 0;
    const start = this.base + from;
    const raw = this.part.slice(from, node.position?.end.offset ?? from);
    const text =
      value.includes(NOTHING) || value.includes(SPACE) ? value.replaceAll(SPACE, ' ') : value;
    if (node.type !== 'inlineCode') return [text, raw.replaceAll(SPACE, ' '), start];
    const ticks = /^`*/.exec(raw)?.[0].length ?? 0;
    const inner = raw.slice(ticks, raw.length - ticks);
    const lead = inner.startsWith(` ${value}`) ? 1 : 0;
    return [text, inner.slice(lead), start + ticks + lead];
  }
}
