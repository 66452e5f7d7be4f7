import type { Candidate, Filter } from '../filter.js';

export class Boilerplate implements Filter {
  readonly reason = 'boilerplate';
  readonly severity = 'summary';
  readonly description =
    'Drops a summary that stands on several pages of the same source: it cannot be about one of them (numbers apart; versions of one page count once).';
  readonly thresholds = {
    pages: { value: 3, source: 'different titles; two may be one document renamed' },
  };

  check({ summaryCount }: Candidate): string | undefined {
    return summaryCount >= this.thresholds.pages.value ? `on ${summaryCount} pages` : undefined;
  }
}
