import type { Candidate, Filter } from '../filter.js';
import { words } from '../words.js';

const FOLDER = /(?:^|\/)_?(?:includes?|partials?|reusables?|fragments?|snippets?)\//i;

export class IncludeFragment implements Filter {
  readonly reason = 'include_fragment';
  readonly severity = 'summary';
  readonly description =
    'Drops pairs of fragments that other pages include: their summary is about the page around them.';
  readonly thresholds = {
    words: {
      value: 800,
      source: 'the annotated fragments are shorter; a folder "snippets" holds articles too',
    },
  };

  check({ row, text, blocks }: Candidate): string | undefined {
    const folder = FOLDER.exec(row.path ?? '');
    if (!folder) return undefined;
    const count = words(text).length;
    const ownPage = /snippets?\//i.test(folder[0]) && blocks.some(({ kind }) => kind === 'heading');
    return count < this.thresholds.words.value && !ownPage
      ? `${count} words in ${row.path}`
      : undefined;
  }
}
