import type { ChildNode, Element } from 'domhandler';
import type { BlockKind } from './document.js';
import { Extract } from './extract.js';
import type { Limits } from './limits.js';
import { UnreadableError } from './unreadable.js';
import { children, textOf, xml } from './xml.js';
import { Archive } from './zip.js';

const SKIPPED = new Set([
  'text:note',
  'office:annotation',
  'text:tracked-changes',
  'text:table-of-content',
  'text:sequence-decls',
  'office:forms',
  'draw:frame',
]);
const DEEPEST = 200;

/** OpenDocument text: content.xml (ODF 1.3 part 3) in a zip. */
export async function readOdt(bytes: Uint8Array, limits: Limits): Promise<Extract> {
  const archive = await Archive.open(bytes, limits, (name) =>
    ['content.xml', 'meta.xml', 'META-INF/manifest.xml'].includes(name),
  );
  if (archive.text('META-INF/manifest.xml')?.includes('encryption-data')) {
    throw new UnreadableError('password_protected');
  }
  const content = archive.text('content.xml');
  if (content === undefined) throw new UnreadableError('damaged', 'no content.xml');
  const extract = new Extract(limits.characters);
  const meta = archive.text('meta.xml');
  const title = meta && children(xml(meta), 'dc:title').map(textOf)[0];
  if (title) extract.title = title;
  const tree = xml(content);
  const titled = titleStyles(tree);
  for (const body of children(tree, 'office:text')) walk(body, 'paragraph', 0, 0, extract, titled);
  return extract;
}

/** Names of the automatic styles that stand on the style for titles. */
function titleStyles(tree: ReturnType<typeof xml>): Set<string> {
  const names = children(tree, 'style:style')
    .filter((style) => style.attribs['style:parent-style-name'] === 'Title')
    .map((style) => style.attribs['style:name'] ?? '');
  return new Set(['Title', ...names]);
}

function walk(
  node: Element,
  kind: BlockKind,
  level: number,
  depth: number,
  extract: Extract,
  titled: Set<string>,
): void {
  if (depth > DEEPEST) return;
  for (const child of node.children) {
    if (child.type !== 'tag' || SKIPPED.has(child.name)) continue;
    if (extract.full) {
      extract.truncated = true;
      return;
    }
    if (child.name === 'text:h') {
      extract.add('heading', inline(child, 0), Number(child.attribs['text:outline-level']) || 1);
    } else if (child.name === 'text:p') {
      const isTitle = titled.has(child.attribs['text:style-name'] ?? '');
      if (isTitle) extract.add('heading', inline(child, 0), 1);
      else extract.add(kind, inline(child, 0), kind === 'list-item' ? level - 1 : undefined);
    } else if (child.name === 'table:table') {
      const rows = children(child, 'table:table-row').map((row) =>
        children(row, 'table:table-cell').map((cell) => textOf(cell).trim()),
      );
      extract.add('table', rows.map((row) => row.join(' | ')).join('\n'));
    } else if (child.name === 'text:list') {
      walk(child, 'list-item', level + 1, depth + 1, extract, titled);
    } else walk(child, kind, level, depth + 1, extract, titled);
  }
}

/** Text of a paragraph; spaces, tabs and line breaks are elements of their own. */
function inline(node: Element, depth: number): string {
  if (depth > DEEPEST) return '';
  return node.children
    .map((child: ChildNode) => {
      if (child.type === 'text') return child.data.replace(/\s+/g, ' ');
      if (child.type !== 'tag' || SKIPPED.has(child.name)) return '';
      if (/^text:(s|tab|line-break)$/.test(child.name)) return ' ';
      return inline(child, depth + 1);
    })
    .join('');
}
