import type { Candidate, Filter } from '../filter.js';

export class Missing implements Filter {
  readonly reason = 'no_summary';
  readonly severity = 'summary';
  readonly description = 'Drops pairs without a summary.';
  readonly thresholds = {};

  check({ summary }: Candidate): string | undefined {
    return summary === '' ? 'no summary' : undefined;
  }
}
