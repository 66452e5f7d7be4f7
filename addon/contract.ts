/** What the sidebar asks of the script, and what the script answers: plain JSON both ways. */

export type Reason =
  | 'empty'
  | 'too_short'
  | 'unsupported_language'
  | 'unsuitable_document'
  | 'low_confidence'
  | 'not_grounded'
  | 'unfinished';

/** A passage behind a suggestion, as a range (UTF-16, end exclusive) of the Markdown that was sent. */
export interface Source {
  start: number;
  end: number;
  text: string;
}

export interface Suggestion {
  id: string;
  text: string;
  /** Calibrated probability that a reader accepts it, 0 to 1. */
  confidence: number;
  sources: Source[];
  /** SHA-256 of the document it was written for. */
  fingerprint: string;
  /** Whether the document is longer than what the model read. */
  truncated: boolean;
}

export type ProblemCode =
  /** The service asks to come back after `retryAfter` seconds (429, or 503 while loading). */
  | 'wait'
  | 'unreachable'
  /** The writer's own network is gone; found by the sidebar. */
  | 'offline'
  | 'timeout'
  | 'google_quota'
  | 'key'
  | 'scope'
  | 'too_large'
  | 'not_precis'
  | 'read_only'
  | 'busy_document'
  | 'bad_address'
  | 'failed';

export interface Problem {
  code: ProblemCode;
  /** Detail for the writer, where the code does not say it all. */
  message?: string;
  retryAfter?: number;
  /** Finds the fault in the log of the service. */
  requestId?: string;
}

/** What stands between an accepted summary and the document; the writer may decide to go on. */
export type Conflict = 'document_changed' | 'summary_edited' | 'other_summary';

export interface Standing {
  text: string;
  /** The writer changed it by hand after it was inserted. */
  edited: boolean;
  /** So much of the document changed since that a new summary is worth asking for. */
  stale: boolean;
}

export interface Status {
  state: 'status';
  /** Null before the writer has set it. */
  address: string | null;
  hasKey: boolean;
  standing: Standing | null;
  /** A summary was inserted, and the writer took it out or undid it. */
  removed: boolean;
}

export type SuggestReply =
  | { state: 'setup' }
  | { state: 'suggestion'; suggestion: Suggestion }
  | { state: 'withheld'; reason: Reason; documentType: string | null }
  | { state: 'problem'; problem: Problem };

export interface AcceptRequest {
  suggestionId: string;
  text: string;
  /** Whether `text` is the writer's own version. */
  edited: boolean;
  fingerprint: string;
  /** Conflicts that the writer has seen and goes on in spite of. */
  despite: Conflict[];
}

export type AcceptReply =
  | { state: 'inserted'; standing: Standing }
  | { state: 'conflict'; conflict: Conflict }
  | { state: 'problem'; problem: Problem };

export interface SettingsRequest {
  address: string;
  /** Null keeps the key that is stored; empty removes it. */
  key: string | null;
}

export type SettingsReply =
  | { state: 'saved'; model: string }
  | { state: 'problem'; problem: Problem };

export type ShowReply = { state: 'shown' } | { state: 'gone' };

export type RemoveReply = { state: 'removed' } | { state: 'problem'; problem: Problem };

/** Functions of the script that the sidebar may call through `google.script.run`. */
export interface Calls {
  status(): Status;
  suggest(): SuggestReply;
  accept(request: AcceptRequest): AcceptReply;
  dismiss(suggestionId: string): { state: 'dismissed' };
  showSource(source: Source & { fingerprint: string }): ShowReply;
  removeSummary(): RemoveReply;
  saveSettings(request: SettingsRequest): SettingsReply;
}
