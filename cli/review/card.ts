import type { Paint } from '../colour.js';
import { bar, indent, sources, wrap } from '../pretty.js';
import { printable } from '../printable.js';
import type { Decision } from './decisions.js';
import type { Proposal } from './results.js';

export const keyHelp = 'a accept · e edit · d dismiss · s skip · b back · q save and quit';

/** A suggestion as the reviewer sees it. */
export function card(
  proposal: Proposal,
  place: { number: number; of: number },
  decision: Decision | undefined,
  width: number,
  paint: Paint,
): string {
  const { summary, id } = proposal;
  const text = printable(decision?.text ?? summary.suggestion.text);
  const state = decision ? paint.green(` ${decision.action}`) : '';
  return [
    '',
    `${paint.dim(`${place.number} of ${place.of}`)} ${paint.bold(printable(String(id)))}${state}`,
    '',
    indent(wrap(text, width - 2), '  '),
    '',
    bar(summary.suggestion.confidence, paint),
    sources(summary, width, paint).trimEnd(),
    '',
    paint.dim(keyHelp),
    '',
  ].join('\n');
}
