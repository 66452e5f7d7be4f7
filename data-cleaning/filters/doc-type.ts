import type { Candidate, Filter } from '../filter.js';

const KINDS = new Set([
  'changelog',
  'checklist',
  'code',
  'config',
  'fiction',
  'form',
  'legal_terms',
  'lesson_plan',
  'meeting_minutes',
  'poem',
  'recipe',
  'resume',
  'spreadsheet',
]);

export class DocType implements Filter {
  readonly reason = 'unsuitable_kind';
  readonly severity = 'document';
  readonly description =
    'Drops rows whose `doc_type` is of a kind that gets no suggestion, such as recipe or changelog.';
  readonly thresholds = {};

  check({ row }: Candidate): string | undefined {
    return row.doc_type && KINDS.has(row.doc_type) ? row.doc_type : undefined;
  }
}
