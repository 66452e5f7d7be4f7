import type { Agreement } from '../figures/agreement.js';
import type { Group } from '../figures/groups.js';
import type { Selection } from '../figures/selection.js';
import type { SystemFigures } from '../figures/system.js';
import { verdicts } from '../rows/judgment.js';
import type { Share } from '../statistics/share.js';
import { fixed, html, percent, percents, range } from './text.js';

/** Every figure of every system. */
export function systemTable(systems: readonly SystemFigures[]): string {
  const rate = (share: Share | null) => range(share, percents);
  const rows = systems.map((one) => {
    const number = (value: number | null, digits: number) => value?.toFixed(digits) ?? '–';
    const cells = [
      one.documents,
      ...[one.rouge1, one.rouge2, one.rougeL].map((estimate) => range(estimate, fixed(1))),
      one.name === 'lead-1' ? '' : range(one.overLead, signed),
      rate(one.acceptable),
      rate(one.usable),
      number(one.coverage, 2),
      number(one.density, 1),
      percent(one.novelty),
      ...[one.grounded, one.finished, one.repeats, one.generic, one.markup].map((share) =>
        percent(share?.value, 1),
      ),
      number(one.words, 1),
    ];
    const ours = one.name === 'student, gated' ? ' class="ours"' : '';
    return `<tr${ours}><td>${html(one.name)}</td>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
  });
  return table(
    [
      '',
      'texts',
      'ROUGE-1',
      'ROUGE-2',
      'ROUGE-L',
      'over Lead-1',
      'acceptable',
      'usable',
      'copied words',
      'density',
      'new word pairs',
      'grounded',
      'finished',
      'repeats itself',
      'generic opening',
      'markup',
      'words',
    ],
    rows,
  );
}

const signed = (value: number) => `${value >= 0 ? '+' : '−'}${Math.abs(value).toFixed(1)}`;

/** Shares of right ones at three coverages, and the areas. */
export function selectionTable({ gate, plain, leastAurc, chanceAurc, ratio }: Selection): string {
  const row = (name: string, one: typeof gate, ours: boolean) =>
    `<tr${ours ? ' class="ours"' : ''}><td>${name}</td>${one.levels.map((level) => `<td>${range(level, percents)}</td>`).join('')}<td>${one.aurc.toFixed(3)}</td></tr>`;
  const note = `<p class="soft">The gate's area is ${ratio.value.toFixed(2)} of the plain gate's (${ratio.low.toFixed(2)} – ${ratio.high.toFixed(2)}). The best order of these texts would have ${leastAurc.toFixed(3)}, no order ${chanceAurc.toFixed(3)}.</p>`;
  return (
    table(
      ['', ...gate.levels.map(({ coverage }) => `at ${100 * coverage} %`), 'AURC'],
      [row('gate', gate, true), row('plain gate', plain, false)],
    ) + note
  );
}

export function groupTable(groups: readonly Group[]): string {
  const rows = groups.map(({ name, documents, shown, rougeL, leadRougeL, ...rest }) => {
    const levels = rest.levels?.map(({ value }) => percent(value)) ?? ['–', '–', '–'];
    const cells = [
      documents,
      range(shown, percents),
      range(rougeL, fixed(1)),
      range(leadRougeL, fixed(1)),
      rest.judged,
      range(rest.acceptable, percents),
      ...levels,
    ];
    return `<tr><td>${html(name)}</td>${cells.map((cell) => `<td>${cell}</td>`).join('')}</tr>`;
  });
  const head = ['', 'documents', 'shown', 'ROUGE-L', 'Lead-1', 'judged', 'acceptable'];
  return table([...head, 'at 40 %', 'at 60 %', 'at 80 %'], rows);
}

export function agreementTable({ table: counts }: Agreement): string {
  const rows = verdicts.map(
    (first) =>
      `<tr><td>first: ${first}</td>${verdicts.map((second) => `<td>${counts[first][second]}</td>`).join('')}</tr>`,
  );
  return table(['', ...verdicts.map((verdict) => `then: ${verdict}`)], rows);
}

function table(head: readonly string[], rows: readonly string[]): string {
  return `<div class="wide"><table><thead><tr>${head.map((name) => `<th>${name}</th>`).join('')}</tr></thead><tbody>${rows.join('\n')}</tbody></table></div>`;
}
