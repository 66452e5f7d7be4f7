import type { Candidate, Filter } from '../filter.js';
import { contentStems } from '../words.js';

export class TitleCopy implements Filter {
  readonly reason = 'title_copy';
  readonly severity = 'style';
  readonly description = 'Sets apart summaries that add nothing to the title.';
  readonly thresholds = {
    fresh: { value: 4, source: 'annotated `title` summaries: content stems that the title lacks' },
  };

  check({ summary, title }: Candidate): string | undefined {
    const known = new Set(contentStems(title));
    const fresh = new Set(contentStems(summary).filter((word) => !known.has(word)));
    return fresh.size < this.thresholds.fresh.value
      ? `adds ${[...fresh].join(', ') || 'nothing'}`
      : undefined;
  }
}
