import { exit } from '../exit.js';
import { describeError, Failure } from '../failure.js';
import { writeSummary } from '../frontmatter.js';
import { Decisions } from '../review/decisions.js';
import { Keys } from '../review/keys.js';
import { type Proposal, proposals } from '../review/results.js';
import { session } from '../review/session.js';

export interface ReviewFlags {
  writeFrontmatter?: string;
  overwrite?: true;
  all?: true;
}

/** Goes through the suggestions of a results file with the person at the terminal. */
export async function review(path: string, flags: ReviewFlags): Promise<number> {
  const list: Proposal[] = [];
  for await (const proposal of proposals(path)) list.push(proposal);
  if (list.length === 0) throw new Failure(`${path}: holds no suggestions to review`);
  const decisions = await Decisions.open(path);
  const open = list.filter(({ summary }) => !decisions.get(summary.suggestion.id));
  const shown = flags.all ? list : open;
  if (shown.length > 0) await ask(shown, decisions);
  await keepFeedback(list, decisions);
  if (flags.writeFrontmatter) {
    await write(list, decisions, flags.writeFrontmatter, flags.overwrite === true);
  }
  return exit.done;
}

async function ask(list: Proposal[], decisions: Decisions): Promise<void> {
  if (!process.stdin.isTTY || !process.stdout.isTTY) {
    throw new Failure('precis review needs a terminal: it asks one key a suggestion');
  }
  const keys = new Keys(process.stdin);
  try {
    await session(list, decisions, keys, process.stdout);
  } finally {
    keys.close();
  }
  const count = (action: string) => decisions.all.filter((one) => one.action === action).length;
  const left = list.filter(({ summary }) => !decisions.get(summary.suggestion.id)).length;
  process.stderr.write(
    `${count('accepted')} accepted, ${count('edited')} edited, ${count('dismissed')} dismissed, ${left} left.\n`,
  );
}

/** The decisions are in their file whatever happens here, and the next review stores them again. */
async function keepFeedback(list: Proposal[], decisions: Decisions): Promise<void> {
  try {
    const { store } = await import('../review/store.js');
    const stored = await store(list, decisions);
    if (stored > 0) process.stderr.write(`Stored ${stored} decisions as feedback.\n`);
  } catch (error) {
    process.stderr.write(
      `precis: the feedback database did not take the decisions: ${describeError(error)}\n` +
        `They are in ${decisions.path}; run precis review again to store them.\n`,
    );
  }
}

async function write(
  list: Proposal[],
  decisions: Decisions,
  field: string,
  overwrite: boolean,
): Promise<void> {
  let written = 0;
  for (const { id, summary, isFile } of list) {
    const decision = decisions.get(summary.suggestion.id);
    if (!isFile || !decision || decision.action === 'dismissed') continue;
    const text = decision.text ?? summary.suggestion.text;
    const hash = summary.documentHash;
    const outcome = await writeSummary(String(id), { field, text, hash, overwrite });
    if (outcome === 'written') written++;
    else process.stderr.write(`${id}: ${outcome}\n`);
  }
  process.stderr.write(`Wrote ${field} into ${written} files.\n`);
}
