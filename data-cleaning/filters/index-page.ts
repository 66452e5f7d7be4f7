import type { Candidate, Filter } from '../filter.js';
import { words } from '../words.js';

export class IndexPage implements Filter {
  readonly reason = 'index';
  readonly severity = 'summary';
  readonly description = 'Drops pairs of pages that are mostly lists of links or items.';
  readonly thresholds = {
    share: {
      value: 0.75,
      source: 'share of words in short list items; annotated `index` documents',
    },
    item: { value: 14, source: 'words; longer items are sentences' },
    paragraphs: { value: 60, source: 'words of paragraphs that carry a summary of their own' },
  };

  check({ blocks }: Candidate): string | undefined {
    let listed = 0;
    let paragraphs = 0;
    for (const block of blocks) {
      const count = words(block.text).length;
      if (block.kind === 'list-item' && count <= this.thresholds.item.value) listed += count;
      else if (block.kind === 'paragraph' || block.kind === 'quote' || block.kind === 'list-item')
        paragraphs += count;
    }
    const share = listed / Math.max(1, listed + paragraphs);
    if (
      share >= this.thresholds.share.value ||
      (share > 0.5 && paragraphs < this.thresholds.paragraphs.value)
    ) {
      return `${Math.round(share * 100)} % of the words stand in short list items`;
    }
    return undefined;
  }
}
