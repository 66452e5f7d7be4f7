/** What the gate looks at of a document; `Document` of `documents/` has this shape. */
export interface LaidOut {
  title?: string | undefined;
  /** The caller's text, which the ranges of the blocks point into. */
  source: string;
  blocks: readonly LaidOutBlock[];
}

export interface LaidOutBlock {
  kind: 'heading' | 'paragraph' | 'list-item' | 'quote' | 'table' | 'code';
  text: string;
  start: number;
  end: number;
}

/** The gate looks no further than this, so that any document costs the same; the encoder reads less. */
const MOST_CHARACTERS = 8000;
const MOST_BLOCKS = 300;

/** The beginning of a document. */
export function beginning({ blocks }: LaidOut): LaidOutBlock[] {
  const found: LaidOutBlock[] = [];
  let left = MOST_CHARACTERS;
  for (const block of blocks) {
    if (left <= 0 || found.length === MOST_BLOCKS) break;
    const text = block.text.slice(0, left);
    left -= text.length;
    found.push({ ...block, text });
  }
  return found;
}
