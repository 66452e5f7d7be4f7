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
import { BlockReader } from './blocks.js';
import type { Block, Document } from './document.js';
import { mask } from './mask.js';
import { isPathological } from './pathology.js';
import { readPlain } from './plain.js';
import { sections } from './sections.js';

export interface ReadOptions {
  title?: string | undefined;
  /** Characters of the source that are read at most; the rest is ignored. */
  limit?: number;
}

export const READ_LIMIT = 60_000;

/** GitHub's Markdown without bare links, which stay text anyway and cost a third of the time. */
const SYNTAX = {
  extensions: [gfmTable(), gfmFootnote(), gfmStrikethrough(), gfmTaskListItem()],
  mdastExtensions: [
    gfmTableFromMarkdown(),
    gfmFootnoteFromMarkdown(),
    gfmStrikethroughFromMarkdown(),
    gfmTaskListItemFromMarkdown(),
  ],
};
const FIRST = {
  extensions: [...SYNTAX.extensions, frontmatter(['yaml', 'toml'])],
  mdastExtensions: [...SYNTAX.mdastExtensions, frontmatterFromMarkdown(['yaml', 'toml'])],
};

export function readMarkdown(source: string, options: ReadOptions = {}): Document {
  const head = cutAtLine(source, options.limit ?? READ_LIMIT).replace(/[\ue000\ue001]/g, '\ue002');
  if (isPathological(head)) return readPlain(source, options);
  const masked = mask(head);
  const reader = new BlockReader(head);
  const starts = sections(masked);
  starts.forEach((start, index) => {
    const part = masked.slice(start, starts[index + 1]);
    const tree = fromMarkdown(part + missingDefinitions(part), index === 0 ? FIRST : SYNTAX);
    reader.begin(part, start);
    for (const node of tree.children) {
      if ((node.position?.start.offset ?? 0) < part.length) reader.block(node, 0);
    }
  });
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
