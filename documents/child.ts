import type { Answer, Job } from './messages.js';
import { parse } from './parse.js';
import { UnreadableError } from './unreadable.js';

/** Parses one file after another, until its parent leaves. */
process.on('message', async ({ bytes, format, limits }: Job) => {
  let answer: Answer;
  try {
    answer = { parsed: await parse(bytes, format, limits) };
  } catch (error) {
    answer =
      error instanceof UnreadableError
        ? { code: error.code, detail: error.detail }
        : { code: 'damaged', detail: explain(error) };
  }
  process.send?.(answer);
});

// pdfjs drops promises of objects it read ahead. When one fails after its file was answered, the next
// file must not pay for it: what matters of a failure comes through `parse`.
process.on('unhandledRejection', () => undefined);

// The terminal's Ctrl-C reaches every process: the parent decides when this one ends.
process.on('SIGINT', () => undefined);

/** A parser's own error, kept short. Its message may quote the file, its name does not. */
function explain(error: unknown): string {
  return error instanceof RangeError ? 'nested too deeply' : (error as Error)?.name || 'unknown';
}
