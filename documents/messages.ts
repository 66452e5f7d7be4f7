import type { Limits } from './limits.js';
import type { Parsed, ParsedFormat } from './parse.js';
import type { UnreadableCode } from './unreadable.js';

/** What passes between a reader and the process that parses for it. */
export interface Job {
  bytes: Uint8Array;
  format: ParsedFormat | 'zip';
  limits: Limits;
}

export type Answer = { parsed: Parsed } | { code: UnreadableCode; detail?: string | undefined };
