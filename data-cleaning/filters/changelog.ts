import type { Candidate, Filter } from '../filter.js';

const TITLE = /\b(?:release notes?|change ?log|what's new|version history|known issues|errata)\b/i;

export class Changelog implements Filter {
  readonly reason = 'changelog';
  readonly severity = 'summary';
  readonly description =
    'Drops pairs of release notes and change logs: a list of changes has no one point.';
  readonly thresholds = {};

  check({ title }: Candidate): string | undefined {
    return TITLE.exec(title)?.[0];
  }
}
