import type { Candidate, Filter } from '../filter.js';

export class DocType implements Filter {
  readonly reason = 'unsuitable_kind';
  readonly severity = 'document';
  readonly description =
    'Drops rows whose corpus says that they are of a kind that gets no suggestion.';
  readonly thresholds = {};

  check({ row }: Candidate): string | undefined {
    return row.doc_type ? row.doc_type : undefined;
  }
}
