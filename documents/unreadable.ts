/** Why a file cannot be read; each has one sentence for the person who sent it. */
export const unreadable = {
  empty_file: 'the file is empty',
  too_large: 'the file is larger than the limit',
  unsupported_type: 'this type of file cannot be read',
  password_protected: 'the file is protected by a password; save it without one',
  damaged: 'the file is damaged or cut short',
  no_text: 'the file holds no text (a scan needs text recognition first)',
  unmapped_fonts: 'the text cannot be made out: its fonts have no character map',
  zip_bomb: 'the file unpacks to more than the limit',
  too_slow: 'reading took longer than the time limit',
  out_of_memory: 'reading took more memory than the limit',
  crashed: 'the parser ended unexpectedly',
} as const;

export type UnreadableCode = keyof typeof unreadable;

/** A file that gives no document: the fault of the file, never of the program around it. */
export class UnreadableError extends Error {
  override readonly name = 'UnreadableError';

  constructor(
    readonly code: UnreadableCode,
    /** What of the file told so; never its text. */
    readonly detail?: string,
  ) {
    super(detail ? `${unreadable[code]} (${detail})` : unreadable[code]);
  }
}
