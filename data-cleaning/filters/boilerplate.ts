import type { Candidate, Filter } from '../filter.js';

export class Boilerplate implements Filter {
  readonly reason = 'boilerplate';
  readonly severity = 'summary';
  readonly description =
    'Drops a summary that stands on several pages of the same source: it cannot be about one of them.';
  readonly thresholds = {
    pages: { value: 3, source: 'two pages may be versions of one document' },
  };

  check({ summaryCount }: Candidate): string | undefined {
    return summaryCount >= this.thresholds.pages.value ? `on ${summaryCount} pages` : undefined;
  }
}
