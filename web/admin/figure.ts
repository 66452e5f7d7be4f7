import { html, svg } from './element.js';

export interface Table {
  columns: string[];
  rows: string[][];
}

export interface Series {
  name: string;
  /** Class that colours it. */
  look: string;
  line?: boolean;
}

export interface Figure {
  title: string;
  about: string;
  /** The chart in one sentence, for those who don't see it. */
  says: string;
  /** Shown in place of the chart when there is nothing to draw. */
  empty: string | null;
  legend?: Series[];
  wide?: boolean;
  table: Table;
  /** Draws into a width in CSS pixels; left out, the table itself is the chart. */
  draw?: (width: number) => SVGSVGElement;
}

const widths = new WeakMap<Element, () => void>();
const resized = new ResizeObserver((entries) => {
  for (const { target } of entries) widths.get(target)?.();
});

/** A titled chart with the same figures as a table behind it. */
export function figure({ title, about, says, empty, legend, wide, table, draw }: Figure) {
  const made = html('figure', { className: wide ? 'wide' : '' });
  const caption = html('figcaption', {}, html('h2', {}, title), html('p', {}, about));
  made.append(caption);
  if (empty !== null) {
    made.append(html('p', { className: 'empty' }, empty));
    return made;
  }
  if (!draw) {
    made.append(toTable(table, title));
    return made;
  }
  if (legend) made.append(html('ul', { className: 'legend' }, ...legend.map(entry)));
  const canvas = html('div', { className: 'canvas' });
  let drawn = 0;
  widths.set(canvas, () => {
    // The page is drawn anew at every poll: its old charts are let go.
    if (!canvas.isConnected) return resized.unobserve(canvas);
    const width = Math.floor(canvas.clientWidth);
    if (width === drawn || width === 0) return;
    drawn = width;
    const chart = draw(width);
    chart.setAttribute('role', 'img');
    chart.setAttribute('aria-label', `${title}. ${says}`);
    canvas.replaceChildren(chart);
  });
  resized.observe(canvas);
  made.append(
    canvas,
    html(
      'details',
      {},
      html('summary', {}, `Table: ${title.toLowerCase()}`),
      toTable(table, title),
    ),
  );
  return made;
}

function entry({ name, look, line }: Series): HTMLElement {
  const mark = line
    ? svg('path', { d: 'M0 6h18', class: `line ${look}` })
    : svg('rect', { width: 12, height: 12, rx: 2, class: look });
  return html('li', {}, svg('svg', { 'aria-hidden': 'true', viewBox: '0 0 18 12' }, mark), name);
}

function toTable({ columns, rows }: Table, title: string): HTMLElement {
  const head = columns.map((name) => html('th', { scope: 'col' }, name));
  const body = rows.map(([first = '', ...rest]) =>
    html(
      'tr',
      {},
      html('th', { scope: 'row' }, first),
      ...rest.map((value) => html('td', {}, value)),
    ),
  );
  const table = html(
    'table',
    {},
    html('thead', {}, html('tr', {}, ...head)),
    html('tbody', {}, ...body),
  );
  // What scrolls must be within reach of the keyboard.
  const region = html('div', { className: 'scroll', tabIndex: 0 }, table);
  region.setAttribute('role', 'group');
  region.setAttribute('aria-label', `${title}, table`);
  return region;
}
