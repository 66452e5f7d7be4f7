import type { BlockKind } from './document.js';
import type { Extract } from './extract.js';

/** The few properties of a DOM node that are read: linkedom's and Readability's nodes both have them. */
export interface DomNode {
  nodeType: number;
  nodeName: string;
  textContent: string | null;
  childNodes: Iterable<DomNode>;
}

const SKIPPED = new Set(
  `head script style noscript template svg math iframe object embed canvas video audio form button
  select input textarea nav dialog figure figcaption img`.split(/\s+/),
);
const BLOCKS = new Set(
  `address article aside blockquote body center dd details div dl dt fieldset footer h1 h2 h3 h4 h5
  h6 header hgroup hr html li main ol p pre section summary table tbody td tfoot th thead tr
  ul`.split(/\s+/),
);
/** Nested deeper than any page a person wrote (Chromium's own parser stops at 512). */
const DEEPEST = 512;

/** Turns elements into blocks: running text gathers until a block-level element begins or ends. */
export class DomReader {
  private text = '';

  constructor(private readonly extract: Extract) {}

  read(root: DomNode): void {
    this.children(root, 'paragraph', 0, 0);
    this.flush('paragraph');
  }

  private children(node: DomNode, kind: BlockKind, level: number, depth: number): void {
    for (const child of node.childNodes) {
      if (this.extract.full) {
        this.extract.truncated = true;
        return;
      }
      this.node(child, kind, level, depth + 1);
    }
  }

  private node(node: DomNode, kind: BlockKind, level: number, depth: number): void {
    if (node.nodeType === 3) this.text += (node.textContent ?? '').replace(/\s+/g, ' ');
    if (node.nodeType !== 1 || depth > DEEPEST) return;
    const name = node.nodeName.toLowerCase();
    if (SKIPPED.has(name)) return;
    if (name === 'br') this.text += ' ';
    if (!BLOCKS.has(name)) {
      this.children(node, kind, level, depth);
      return;
    }
    this.flush(kind, level);
    const heading = /^h([1-6])$/.exec(name)?.[1];
    if (name === 'pre') this.extract.add('code', node.textContent ?? '');
    else if (name === 'table') this.table(node, depth);
    else if (heading) this.block(node, 'heading', Number(heading), depth);
    else if (name === 'li') this.block(node, 'list-item', Math.max(0, level - 1), depth);
    else if (name === 'ul' || name === 'ol') this.children(node, kind, level + 1, depth);
    else if (name === 'blockquote') this.block(node, 'quote', level, depth);
    else this.block(node, kind === 'list-item' ? 'paragraph' : kind, level, depth);
  }

  private block(node: DomNode, kind: BlockKind, level: number, depth: number): void {
    const nested = kind === 'list-item' ? level + 1 : level;
    this.children(node, kind, kind === 'heading' ? level : nested, depth);
    this.flush(kind, level);
  }

  /** A table that lays out a page has blocks in its cells; a real one is rows of short texts. */
  private table(node: DomNode, depth: number): void {
    const rows = rowsOf(node, 0);
    const lays = rows.some((row) => row.some((cell) => cell.length > 500)) || rows.length <= 1;
    if (lays) this.children(node, 'paragraph', 0, depth);
    else this.extract.add('table', rows.map((row) => row.join(' | ')).join('\n'));
    this.flush('paragraph');
  }

  private flush(kind: BlockKind, level = 0): void {
    const text = this.text.replace(/ {2,}/g, ' ').trim();
    this.text = '';
    if (text === '') return;
    const withLevel = kind === 'heading' || kind === 'list-item';
    this.extract.add(kind, text, withLevel ? Math.min(level, 6) : undefined);
  }
}

function rowsOf(node: DomNode, depth: number): string[][] {
  const rows: string[][] = [];
  if (depth > 20) return rows;
  for (const child of node.childNodes) {
    const name = child.nodeName.toLowerCase();
    if (name === 'tr') {
      const cells = [...child.childNodes].filter((cell) => /^t[dh]$/i.test(cell.nodeName));
      rows.push(cells.map((cell) => (cell.textContent ?? '').replace(/\s+/g, ' ').trim()));
    } else if (/^(tbody|thead|tfoot)$/.test(name)) rows.push(...rowsOf(child, depth + 1));
  }
  return rows;
}
