import type { Paint } from '../colour.js';
import { bar, indent, sources, wrap } from '../pretty.js';
import { printable } from '../printable.js';
import type { Decision } from './decisions.js';
import type { Proposal } from './results.js';

const KEYS = ['a accept', 'e edit', 'd dismiss', 's skip', 'b back', 'q save and quit'];
/** A line breaks between keys, not between a key and what it does. */
const keyHelp = KEYS.map((key) => key.replaceAll(' ', '\u00a0')).join(' · ');

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
    wrap(
      `${paint.dim(`${place.number} of ${place.of}`)} ${paint.bold(printable(String(id)))}${state}`,
      width,
    ),
    '',
    indent(wrap(text, width - 2), '  '),
    '',
    bar(summary.suggestion.confidence, paint),
    sources(summary, width, paint).trimEnd(),
    '',
    paint.dim(wrap(keyHelp, width)),
    '',
  ].join('\n');
}
