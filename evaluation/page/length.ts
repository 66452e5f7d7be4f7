import type { Selection } from '../figures/selection.js';
import type { LengthReport } from '../report.js';
import { type Level, riskCoverage } from './curve.js';
import { dots, type Row } from './dots.js';
import { reliabilityDiagram } from './reliability.js';
import { groupTable, selectionTable, systemTable } from './tables.js';
import { html, percent } from './text.js';
import { tiles } from './tiles.js';

const GATES =
  '<p class="key"><i class="gate"></i>the gate <i class="plain"></i>mean log-probability alone</p>';

/** Everything about one length of summary. */
export function lengthSection(length: string, report: LengthReport): string {
  return `<h2>${length === 'short' ? 'Short: one sentence' : 'Medium: one or two sentences'}</h2>
${tiles(report)}
${judged(report)}
${besides(report)}
${groupSections(report)}
${unsuitable(report)}`;
}

function judged({
  acceptable,
  usable,
  calibration,
  systems,
  staleJudgments,
}: LengthReport): string {
  const stale = staleJudgments
    ? ` ${staleJudgments} judgments are of texts that this bundle no longer writes; they are not used.`
    : '';
  if (!acceptable) {
    return `<p class="missing">Fewer than ten of these texts have been judged: what share of them a reader would accept is not known.${stale}</p>`;
  }
  const levels = (pick: 'acceptable' | 'usable'): Level[] =>
    systems.flatMap(({ name, ...one }) =>
      (name === 'lead-1' || name === 'annotated') && one[pick]
        ? [{ name, value: 1 - one[pick].value }]
        : [],
    );
  const card = (title: string, one: Selection | null, pick: 'acceptable' | 'usable') =>
    one
      ? `<figure class="card"><h3>${title}</h3>${GATES}${riskCoverage(one, `not ${pick}, %`, levels(pick))}
<figcaption>${one.documents} documents, judged blind; bands: 95 % of 1,000 bootstrap samples. The ring is the bundle as it ships. Dashed: others that always speak.</figcaption></figure>`
      : '';
  const reliable = (title: string, bins: typeof calibration.bins, ece: typeof calibration.ece) =>
    bins.length
      ? `<figure class="card"><h3>${title}</h3>${reliabilityDiagram(bins, title)}<figcaption>${calibration.forecasts} texts in 15 bins: the larger the dot, the more (grey: how many). On the dashed line confidence tells the truth; red is the distance. ECE ${ece ? `${ece.value.toFixed(3)} (${ece.low.toFixed(3)} – ${ece.high.toFixed(3)})` : '–'}.</figcaption></figure>`
      : '';
  return `<p class="soft">Acceptable: a judge would keep the text as it stands; usable: at most a small change.${stale}</p>
<div class="cards">${card('Risk of what is shown', acceptable, 'acceptable')}${card('Counting usable ones as right', usable, 'usable')}</div>
${selectionTable(acceptable)}
<div class="cards">${reliable('Does confidence come true? (acceptable)', calibration.bins, calibration.ece)}${reliable('Does confidence come true? (usable)', calibration.binsUsable, calibration.eceUsable)}</div>`;
}

function likeness(one: Selection | null): string {
  if (!one) return '';
  return `<figure class="card"><h3>A stand-in on all documents: likeness to the reference</h3>${GATES}${riskCoverage(one, '1 − ROUGE-L, %', [])}
<figcaption>${one.documents} documents. ROUGE-L is no judge of truth or grammar; it says whether confidence goes the same way on documents that nobody judged. Area ratio ${one.ratio.value.toFixed(2)} (${one.ratio.low.toFixed(2)} – ${one.ratio.high.toFixed(2)}).</figcaption></figure>`;
}

function besides({ systems, likeness: like }: LengthReport): string {
  const compared = systems.filter(({ name, rougeL }) => name !== 'annotated' && rougeL);
  const rows = compared.map(
    ({ name, rougeL }): Row => ({
      name,
      values: [{ style: name.startsWith('student') ? 'gate' : 'other', estimate: rougeL }],
    }),
  );
  const from = axisOf(rows);
  const axis = { ...from, name: 'ROUGE-L against the annotated reference', write: String };
  return `<h3>Beside others</h3><p class="soft">Intervals are 95 %. A gated system is measured on what it shows; “over Lead-1” compares on the same documents.</p>
<div class="cards"><figure class="card"><h3>ROUGE-L</h3>${dots(rows, axis)}</figure>${likeness(like)}</div>${systemTable(systems)}`;
}

function axisOf(rows: readonly Row[]) {
  const all = rows.flatMap(({ values }) => values.flatMap(({ estimate }) => estimate ?? []));
  const from = Math.max(0, Math.floor(Math.min(...all.map(({ low }) => low)) / 5) * 5);
  const to = Math.ceil(Math.max(...all.map(({ high }) => high)) / 5) * 5;
  return { from, to: Math.max(to, from + 5), step: 5 };
}

function groupSections({ groups }: LengthReport): string {
  const names = { kind: 'By kind', length: 'By length of the document', source: 'By source' };
  const key =
    '<p class="key"><i class="gate"></i>student, ungated <i class="other"></i>Lead-1 &ensp; ROUGE-L</p>';
  const figure = (name: 'kind' | 'length') => {
    const rows = groups[name].map(
      ({ name, documents, rougeL, leadRougeL }): Row => ({
        name: html(name),
        note: String(documents),
        values: [
          { style: 'gate', estimate: rougeL },
          { style: 'other', estimate: leadRougeL },
        ],
      }),
    );
    const wide = { ...axisOf(rows), step: 10 };
    const from = Math.floor(wide.from / 10) * 10;
    const axis = { ...wide, from, to: Math.ceil(wide.to / 10) * 10, name: '', write: String };
    return `<figure class="card"><h3>${names[name]}</h3>${key}${dots(rows, { ...axis, name: 'ROUGE-L' })}</figure>`;
  };
  const tables = (['kind', 'length', 'source'] as const).map(
    (name) =>
      `<details><summary>${names[name]}: table</summary>${groupTable(groups[name])}</details>`,
  );
  return `<div class="cards">${figure('kind')}${figure('length')}</div>${tables.join('')}`;
}

function unsuitable({ suitability: { kinds, suggested } }: LengthReport): string {
  if (kinds.length === 0) {
    return '<p class="missing">No unsuitable document was among the answers: whether they are left alone is not known.</p>';
  }
  const rows = kinds.map(
    ({ kind, documents, suggested }): Row => ({
      name: html(kind.replace(/_/g, ' ')),
      note: String(documents),
      values: [{ style: 'plain', estimate: suggested }],
    }),
  );
  const most = Math.max(0.1, ...kinds.map(({ suggested }) => suggested?.high ?? 0));
  const to = most > 0.5 ? 1 : Math.ceil(most * 10) / 10;
  const axis = {
    from: 0,
    to,
    step: to > 0.5 ? 0.2 : 0.1,
    name: 'got a suggestion',
    write: percent,
  };
  return `<div class="cards"><figure class="card"><h3>Unsuitable documents that got a suggestion</h3>${dots(rows, axis, [0.02, 0.05])}
<figcaption>${suggested?.count ?? 0} of ${suggested?.of ?? 0} in all; small: documents of a kind. Green: the goals, 2 % in the mean and 5 % for the worst kind. Bars: Wilson's 95 %.</figcaption></figure></div>`;
}
