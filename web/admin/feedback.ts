import { columns, lines } from './charts.js';
import { type Figure, figure } from './figure.js';
import type { Report } from './overview.js';
import { count, day, percent } from './words.js';

const AWAY = 'The feedback database does not answer. Suggestions go on without it.';
const NOTHING = 'Nobody has accepted, edited or dismissed a suggestion in this time.';

/** Charts of what became of suggestions. */
export function feedbackFigures(report: Report | null): HTMLElement[] {
  return [figure(byDay(report)), figure(acceptance(report)), figure(byConfidence(report))];
}

const answered = (row: { accepted: number; edited: number; dismissed: number }) =>
  row.accepted + row.edited + row.dismissed;

/** Days without suggestions stand in the chart, too: a gap is news. */
function days(report: Report): Report['byDay'] {
  const [first] = report.byDay;
  const last = report.byDay.at(-1);
  if (!first || !last) return [];
  const found = new Map(report.byDay.map((row) => [row.day, row]));
  const all: Report['byDay'] = [];
  for (let at = Date.parse(first.day); at <= Date.parse(last.day); at += 86_400_000) {
    const name = new Date(at).toISOString().slice(0, 10);
    const none = { shown: 0, accepted: 0, edited: 0, dismissed: 0, acceptance: null };
    all.push(found.get(name) ?? { day: name, ...none });
  }
  return all;
}

function acceptance(report: Report | null): Figure {
  const rows = report ? days(report) : [];
  const total = report?.total;
  return {
    title: 'Acceptance over time',
    about: 'Share accepted or edited of the suggestions with feedback, by the day they were shown.',
    says: total ? `${percent(total.acceptance)} over the whole time.` : '',
    empty: !report ? AWAY : total && answered(total) === 0 ? NOTHING : null,
    table: {
      columns: ['Day', 'Acceptance', 'With feedback'],
      rows: rows.map((row) => [day(row.day), percent(row.acceptance), count(answered(row))]),
    },
    draw: (width) =>
      lines(
        width,
        rows.map((row) => day(row.day)),
        [{ look: 'first', values: rows.map((row) => row.acceptance) }],
        { format: percent, most: 1, dots: rows.length <= 60 },
      ),
  };
}

function byDay(report: Report | null): Figure {
  const rows = report ? days(report) : [];
  const total = report?.total;
  return {
    title: 'What became of suggestions',
    about: 'By the day they were shown.',
    says: total
      ? `Of ${count(total.shown)} shown, ${count(total.accepted)} were accepted, ${count(total.edited)} edited and ${count(total.dismissed)} dismissed.`
      : '',
    empty: !report ? AWAY : total?.shown === 0 ? 'No suggestion was shown in this time.' : null,
    wide: true,
    legend: [
      { name: 'accepted', look: 'good' },
      { name: 'edited', look: 'middle' },
      { name: 'dismissed', look: 'bad' },
      { name: 'no feedback', look: 'none' },
    ],
    table: {
      columns: ['Day', 'Shown', 'Accepted', 'Edited', 'Dismissed'],
      rows: rows.map((row) => [
        day(row.day),
        ...[row.shown, row.accepted, row.edited, row.dismissed].map(count),
      ]),
    },
    draw: (width) =>
      columns(
        width,
        rows.map((row) => ({
          label: day(row.day),
          title: `${day(row.day)}: ${row.shown} shown, ${row.accepted} accepted, ${row.edited} edited, ${row.dismissed} dismissed`,
          parts: [
            { value: row.accepted, look: 'good' },
            { value: row.edited, look: 'middle' },
            { value: row.dismissed, look: 'bad' },
            { value: Math.max(0, row.shown - answered(row)), look: 'none' },
          ],
        })),
        { format: count },
      ),
  };
}

function byConfidence(report: Report | null): Figure {
  const tenths = Array.from({ length: 10 }, (_, tenth) => {
    const row = report?.byConfidence.find(({ from }) => Math.round(from * 10) === tenth);
    return { from: tenth / 10, to: (tenth + 1) / 10, row: row && answered(row) > 0 ? row : null };
  });
  const first = tenths.findIndex(({ row }) => row);
  const shown = first < 0 ? [] : tenths.slice(Math.min(first, 5));
  return {
    title: 'Acceptance by confidence',
    about:
      'The dashed line is what well calibrated confidence promises. Numbers are suggestions with feedback.',
    says: shown
      .flatMap(({ from, to, row }) =>
        row ? [`${percent(row.acceptance)} between ${percent(from)} and ${percent(to)}`] : [],
      )
      .join(', ')
      .concat('.'),
    empty: !report ? AWAY : shown.length === 0 ? NOTHING : null,
    table: {
      columns: ['Confidence', 'Acceptance', 'With feedback', 'Shown'],
      rows: (report?.byConfidence ?? []).map((row) => [
        `${percent(row.from)} to ${percent(row.to)}`,
        percent(row.acceptance),
        count(answered(row)),
        count(row.shown),
      ]),
    },
    draw: (width) =>
      columns(
        width,
        shown.map(({ from, to, row }) => ({
          label: `${Math.round(from * 100)}–${percent(to)}`,
          title: row
            ? `Confidence ${percent(from)} to ${percent(to)}: ${percent(row.acceptance)} of ${answered(row)}`
            : `Confidence ${percent(from)} to ${percent(to)}: no feedback`,
          parts: [{ value: row?.acceptance ?? 0, look: 'good' }],
          ...(row ? { note: count(answered(row)) } : {}),
        })),
        { format: percent, most: 1, ideal: shown.map(({ from, to }) => (from + to) / 2) },
      ),
  };
}
