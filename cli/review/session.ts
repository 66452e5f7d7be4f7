import { paintFor } from '../colour.js';
import { card } from './card.js';
import type { Decision, Decisions } from './decisions.js';
import type { Keys } from './keys.js';
import type { Proposal } from './results.js';

const ACTIONS: Record<string, Decision['action']> = {
  a: 'accepted',
  return: 'accepted',
  e: 'edited',
  d: 'dismissed',
};

/** Columns of a line that is still easy to read. */
const WIDEST = 100;

/** Shows one suggestion after the other until all are decided or the reviewer leaves. */
export async function session(
  list: Proposal[],
  decisions: Decisions,
  keys: Keys,
  output: NodeJS.WriteStream,
): Promise<void> {
  const paint = paintFor(output);
  for (let at = 0; at < list.length; ) {
    const proposal = list[at] as Proposal;
    const { id: suggestionId, text } = proposal.summary.suggestion;
    const place = { number: at + 1, of: list.length };
    // Anew for each card: the window may have been resized meanwhile.
    const width = Math.min(output.columns || 80, WIDEST);
    output.write(card(proposal, place, decisions.get(suggestionId), width, paint));
    const step = await decide(keys);
    if (step === 'quit') return;
    if (step === 'back') at = Math.max(0, at - 1);
    else if (step === 'skip') at++;
    else if (step === 'edited') {
      const changed = await keys.edit(decisions.get(suggestionId)?.text ?? text);
      if (changed === undefined) continue;
      const edited: Decision = { suggestionId, action: 'edited', text: changed };
      await decisions.add(changed === text ? { suggestionId, action: 'accepted' } : edited);
      at++;
    } else {
      await decisions.add({ suggestionId, action: step });
      at++;
    }
  }
}

async function decide(keys: Keys): Promise<Decision['action'] | 'skip' | 'back' | 'quit'> {
  for (;;) {
    const key = await keys.next();
    const action = ACTIONS[key];
    if (action) return action;
    if (key === 's' || key === 'right' || key === 'space') return 'skip';
    if (key === 'b' || key === 'left') return 'back';
    if (key === 'q' || key === 'escape') return 'quit';
  }
}
