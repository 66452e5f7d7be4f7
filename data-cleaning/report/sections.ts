import { distributionChart, funnelChart, stack } from './charts.js';
import { AXES, type Measure } from './distribution.js';
import type { Example } from './examples.js';
import type { FunnelStage, Group, Report } from './figures.js';
import { escaped, number, percent, table } from './markup.js';
import type { Precision } from './precision.js';

/** Sources, and licences, that are shown before the rest is folded away. */
const OPEN = { source: 25, licence: 12 };

const KINDS: [string, string][] = [
  ['left', 'goes on'],
  ['reading', 'could not be read'],
  ['document', 'the document is dropped'],
  ['summary', 'the summary is dropped, the text kept as prose'],
  ['loose', 'the pair goes to the loose tier'],
  ['placing', 'dropped by score or by what other rows say'],
  ['clean', 'kept'],
];

const key = (entries: [string, string][]) =>
  `<div class="key">${entries.map(([name, text]) => `<span><i class="${name}"></i>${text}</span>`).join('')}</div>`;

export function funnel({ funnel, rows, tiers }: Report): string {
  const found = funnel.some(({ kind, dropped }) => kind === 'reading' && dropped > 0);
  const kinds = KINDS.filter(([name]) => name !== 'reading' || found);
  return `${key(kinds)}${funnelChart(funnel, rows, tiers.clean)}`;
}

export function shapes({ shapes }: Report): string {
  const charts = Object.entries(AXES).map(([name, axis]) => {
    const [before, clean] = [shapes.before[name as Measure], shapes.clean[name as Measure]];
    const [was, is] = [before.quartiles[1], clean.quartiles[1]];
    return `<div class="card"><h3>${axis.label}</h3><p class="note">${axis.description}; median ${was} → ${is}</p>${distributionChart(axis, before, clean)}</div>`;
  });
  const counts = (name: 'before' | 'clean') => number(shapes[name].words.count);
  return `${key([
    ['before', `before: ${counts('before')} summaries as they came`],
    ['after', `clean: ${counts('clean')} summaries after the rewrites`],
  ])}<div class="charts">${charts.join('\n')}</div>`;
}

function groupTable(name: string, list: Group[], clean: number): string {
  return table(
    [name, 'rows', 'clean', 'of all clean', 'loose', 'prose', 'where its rows went'],
    list.map((one) => {
      const proseOnly = Math.max(0, one.prose - one.clean - one.loose);
      const rejected = Math.max(0, one.rows - one.clean - one.loose - proseOnly);
      const parts = { clean: one.clean, loose: one.loose, prose: proseOnly, rejected };
      const bars = Object.entries(parts).map(([part, value]) => ({ name: part, value }));
      return [
        escaped(one.name),
        number(one.rows),
        number(one.clean),
        percent(one.clean / Math.max(1, clean), 1),
        number(one.loose),
        number(one.prose),
        stack(bars, one.rows),
      ];
    }),
    [1, 2, 3, 4, 5],
  );
}

const TIER_KEY = key([
  ['clean', 'clean'],
  ['loose', 'loose'],
  ['prose', 'prose alone'],
  ['rejected', 'rejected'],
]);

/** The largest groups, and the rest folded away. */
function groups(name: keyof typeof OPEN, list: Group[], clean: number): string {
  const rest = list.slice(OPEN[name]);
  const folded =
    rest.length === 0
      ? ''
      : `<details><summary>${number(rest.length)} more</summary>${groupTable(name, rest, clean)}</details>`;
  return `${TIER_KEY}${groupTable(name, list.slice(0, OPEN[name]), clean)}${folded}`;
}

export function sources({ sources, tiers }: Report): string {
  return groups('source', sources, tiers.clean);
}

export function licences({ licences, tiers }: Report): string {
  return groups('licence', licences, tiers.clean);
}

export function rewrites({ rewrites, shapes }: Report): string {
  const all = Math.max(1, shapes.before.words.count);
  return table(
    ['step', 'what it does', 'summaries changed', 'share'],
    rewrites.map(({ name, description, changed }) => [
      `<code>${escaped(name)}</code>`,
      escaped(description),
      number(changed),
      percent(changed / all, 1),
    ]),
    [2, 3],
  );
}

export function precision({ annotated }: Report): string {
  const order = ['train', 'dev', 'test'];
  const splits = Object.entries(annotated).sort(
    ([a], [b]) => order.indexOf(a) - order.indexOf(b) || (a < b ? -1 : 1),
  );
  const rows = splits.map(([name, one]) => [
    escaped(name),
    number(one.pairs),
    percent(one.raw),
    number(one.kept),
    `<b>${percent(one.precision)}</b>`,
    `<b>${percent(one.recall)}</b>`,
    percent(one.loose.good / Math.max(1, one.loose.pairs)),
  ]);
  const head = ['split', 'pairs', 'good before', 'kept', 'precision', 'recall', 'loose too'];
  return `${table(head, rows, [1, 2, 3, 4, 5, 6])}${splits.map(reasonTable).join('')}`;
}

function reasonTable([name, { reasons }]: [string, Precision]): string {
  const rows = Object.entries(reasons).map(([reason, { dropped, good, unsuitable }]) => [
    `<code>${escaped(reason)}</code>`,
    number(dropped),
    number(good),
    percent(1 - good / dropped),
    number(unsuitable),
  ]);
  const head = ['reason', 'dropped', 'of them good', 'rightly dropped', 'unsuitable documents'];
  return `<details><summary>${escaped(name)} by reason</summary>${table(head, rows, [1, 2, 3, 4])}</details>`;
}

export function filters({ funnel }: Report): string {
  return funnel.map(filter).join('\n');
}

function filter(stage: FunnelStage): string {
  const { reason, kind, description, thresholds, entered, dropped, examples } = stage;
  const limits = Object.entries(thresholds).map(
    ([name, { value, source }]) =>
      `<li><code>${escaped(name)} = ${value}</code> <span class="soft">${escaped(source)}</span></li>`,
  );
  const shown = examples.dropped.length + examples.passed.length;
  const columns = `<div class="columns">${column('dropped', examples.dropped)}${column('passed', examples.passed)}</div>`;
  return `<section class="filter" id="f-${escaped(reason)}"><header><h3><code>${escaped(reason)}</code></h3><span class="tag ${kind}">${kind}</span><span class="n">${number(dropped)} of ${number(entered)}</span></header>
<p>${escaped(description)}</p>${limits.length === 0 ? '' : `<details><summary>${limits.length === 1 ? 'threshold' : 'thresholds'}</summary><ul>${limits.join('')}</ul></details>`}${shown === 0 ? '' : `<details><summary>${shown} random examples</summary>${columns}</details>`}</section>`;
}

function column(kind: 'dropped' | 'passed', examples: Example[]): string {
  const items = examples.map(({ id, file, title, summary, text, reason, evidence }) => {
    const why =
      kind === 'dropped'
        ? escaped(evidence)
        : reason === 'kept'
          ? 'kept'
          : `later: ${escaped(reason)}`;
    const body = summary
      ? `<q>${escaped(summary)}</q>`
      : `<span class="soft">${escaped(text || '(nothing)')}</span>`;
    return `<div class="example ${kind}"><b>${escaped(title || id)}</b><br>${body}<div class="where">${why} · ${escaped(file)} · <code>${escaped(id)}</code></div></div>`;
  });
  const none = '<p class="note">none</p>';
  return `<div><h4>${kind === 'dropped' ? 'dropped' : 'let through'}</h4>${items.join('') || none}</div>`;
}
