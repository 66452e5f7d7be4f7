import type { Churn } from '../../evaluation/churn.js';

/** What changes, one line a figure, and whether the limits hold. */
export function table(found: Churn): string {
  const { agreement, changed, likeness, confidence, quality, unsuitable } = found;
  const rows: [name: string, value: string][] = [
    [
      'documents',
      `${found.documents}${found.unpaired ? ` (${found.unpaired} answered by one only)` : ''}`,
    ],
    ['shown by both', String(found.both)],
    ['gained a suggestion', String(found.onlyAfter)],
    ['lost theirs', String(found.onlyBefore)],
    ['shown by neither', String(found.neither)],
  ];
  if (agreement) rows.push(['shown or hidden alike', share(agreement)]);
  if (changed) rows.push(['texts that changed', share(changed)]);
  if (likeness !== null) rows.push(['old and new alike', `${(100 * likeness).toFixed(1)} ROUGE-L`]);
  if (confidence !== null) rows.push(['confidence, mean change', signed(confidence, 3)]);
  if (quality) {
    const { documents, before, after, change } = quality;
    rows.push([
      'ROUGE-L, references',
      `${before.toFixed(2)} → ${after.toFixed(2)}, ${signed(change.value, 2)} (${signed(change.low, 2)} to ${signed(change.high, 2)}), ${documents} documents`,
    ]);
  }
  if (unsuitable) {
    rows.push(['unsuitable, shown', `${share(unsuitable.before)} → ${share(unsuitable.after)}`]);
  }
  const wide = Math.max(...rows.map(([name]) => name.length)) + 2;
  const lines = rows.map(([name, value]) => `${name.padEnd(wide)}${value}`);
  if (found.outcomes.length > 0) {
    lines.push('', 'outcomes that changed');
    for (const { before, after, count } of found.outcomes) {
      lines.push(`${String(count).padStart(5)}  ${before} → ${after}`);
    }
  }
  lines.push('', 'limits');
  for (const { name, value, limit, met } of found.checks) {
    lines.push(`  ${met ? 'met   ' : 'BROKEN'}  ${name}: ${value}, ${limit}`);
  }
  const verdict = found.ship
    ? 'The new bundle may ship.'
    : 'Not to be shipped as it is: a limit is broken.';
  return `${lines.join('\n')}\n\n${verdict}\n`;
}

const share = ({ count, of, value }: { count: number; of: number; value: number }) =>
  `${count} of ${of}, ${(100 * value).toFixed(1)} %`;

const signed = (value: number, digits: number) =>
  `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(digits)}`;
