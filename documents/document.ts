/**
 * A document as every room sees it: a title and blocks in reading order, each block's text tied to
 * the characters of the caller's own text that it came from.
 */
export type BlockKind = 'heading' | 'paragraph' | 'list-item' | 'quote' | 'table' | 'code';

/** `length` characters of a block's text from `text` on came from the source from `source` on. */
export interface Span {
  text: number;
  source: number;
  length: number;
}

export interface Block {
  kind: BlockKind;
  /** Normalised plain text; one line unless `kind` is `code` or `table`. */
  text: string;
  /** Heading level 1-6, or list nesting from 0. */
  level?: number;
  /** Range in `Document.source`, UTF-16 code units, end exclusive. */
  start: number;
  end: number;
  /** Runs that are copied from the source one to one, ascending; characters between runs were made by normalisation. */
  spans: Span[];
}

export interface Document {
  title?: string;
  /** What the caller gave, unchanged. */
  source: string;
  blocks: Block[];
}
