import { resolve } from 'node:path';
import type { BatchFlags } from '../commands/batch.js';
import { Failure } from '../failure.js';
import type { Inputs } from './inputs.js';

/** Flags that do not go together. @throws Failure */
export function checkFlags({ out, review, writeFrontmatter, report }: BatchFlags): void {
  if (out === '-' && (review || report)) {
    throw new Failure('--review and --report need the results in a file: --out results.ndjson');
  }
  if (writeFrontmatter && !review) {
    throw new Failure(
      '--write-frontmatter writes what a person accepted: give --review too, or review later with precis review',
    );
  }
  if (review && !(process.stdin.isTTY && process.stdout.isTTY)) {
    throw new Failure('--review needs a terminal; run precis review on one later');
  }
}

/** What is written must not take the place of what is read, nor be read by the next run. @throws Failure */
export async function checkPlaces({ out, report }: BatchFlags, inputs: Inputs): Promise<void> {
  if (report && resolve(report) === resolve(out)) {
    throw new Failure('--report and --out name the same file');
  }
  for (const [flag, path] of Object.entries({ '--out': out, '--report': report })) {
    if (path === undefined || path === '-' || !(await inputs.holds(path))) continue;
    throw new Failure(`${flag} ${path}: is one of the documents to be read; choose another place`);
  }
}
