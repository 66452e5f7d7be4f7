import type { Candidate, Filter } from '../filter.js';
import { words } from '../words.js';

export class Stub implements Filter {
  readonly reason = 'stub';
  readonly severity = 'document';
  readonly description = 'Drops documents with too little prose to say anything beyond the title.';
  readonly thresholds = {
    words: { value: 60, source: 'annotated `stub` documents: 9 of 10 have fewer words of prose' },
  };

  check({ blocks }: Candidate): string | undefined {
    const count = proseWords(blocks);
    return count < this.thresholds.words.value ? `${count} words of prose` : undefined;
  }
}

/** Words in paragraphs, quotes and list items. */
export function proseWords(blocks: Candidate['blocks']): number {
  let count = 0;
  for (const block of blocks) {
    if (block.kind === 'paragraph' || block.kind === 'quote' || block.kind === 'list-item') {
      count += words(block.text).length;
    }
  }
  return count;
}
