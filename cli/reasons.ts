import type { Summary } from '../server/schemas/summaries.js';
import { printable } from './printable.js';

type Explanation = NonNullable<Summary['explanation']>;
type Part = NonNullable<Explanation['confidence']>['features'][number];

/** Why the gate said what it said: the rule, and what each feature adds to the log-odds. */
export function reasons({ rule, suitability, confidence, ungrounded, flips }: Explanation): string {
  const lines = [`rule: ${printable(rule)}`];
  if (suitability) {
    const { probability, threshold, distance, kinds, features } = suitability;
    const list = kinds.map(({ kind, probability: p }) => `${kind} ${p.toFixed(2)}`).join(', ');
    lines.push(
      `suitable: ${probability.toFixed(2)} (at least ${threshold.toFixed(2)}); ${list}`,
      `distance from training documents: ${distance.toFixed(2)} (about 1 is usual)`,
      ...features.map(part),
    );
  }
  if (confidence) {
    const { probability, threshold, features } = confidence;
    lines.push(`confidence: ${probability.toFixed(2)} (at least ${threshold.toFixed(2)})`);
    lines.push(...features.map(part));
  }
  if (ungrounded.length > 0) lines.push(`not in the document: ${printable(ungrounded.join(', '))}`);
  if (flips.length > 0) lines.push(`may say the opposite of its source: ${flips.join(', ')}`);
  return `${lines.join('\n')}\n`;
}

function part({ name, value, contribution }: Part): string {
  const sign = contribution < 0 ? '-' : '+';
  return `  ${sign}${Math.abs(contribution).toFixed(2)}  ${name} = ${Number(value.toPrecision(4))}`;
}
