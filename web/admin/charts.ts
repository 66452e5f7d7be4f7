import { type ScaleLinear, scaleBand, scaleLinear } from 'd3-scale';
import { line } from 'd3-shape';
import { svg } from './element.js';

const HEIGHT = 220;
const TOP = 18;
const RIGHT = 10;
const BOTTOM = 26;
const LEFT = 54;
/** Room that a label of the horizontal axis needs. */
const LABEL = 62;

export interface Column {
  label: string;
  /** Words of its tooltip. */
  title: string;
  parts: { value: number; look: string }[];
  /** Written above it. */
  note?: string;
}

/** Stacked columns. @param ideal values to compare with, one a column, as a dashed line. */
export function columns(
  width: number,
  all: Column[],
  { format, most, ideal }: { format: (v: number) => string; most?: number; ideal?: number[] },
): SVGSVGElement {
  const sums = all.map(({ parts }) => parts.reduce((sum, { value }) => sum + value, 0));
  // Ticks of counts are whole from five on.
  const y = vertical(most ?? Math.max(5, ...sums));
  const x = scaleBand<number>([LEFT, width - RIGHT])
    .domain(all.keys())
    .paddingInner(0.25);
  const chart = frame(width, y, format);
  labels(
    chart,
    all.map(({ label }) => label),
    (index) => (x(index) ?? 0) + x.bandwidth() / 2,
    width,
  );
  all.forEach(({ title, parts, note }, index) => {
    const left = x(index) ?? 0;
    const group = svg('g', {}, svg('title', {}, title));
    let sum = 0;
    for (const { value, look } of parts) {
      const top = y(sum + value);
      const height = Math.max(0, y(sum) - top);
      if (height > 0) {
        group.append(svg('rect', { x: left, y: top, width: x.bandwidth(), height, class: look }));
      }
      sum += value;
    }
    if (note) {
      // Within the column where a line to compare with runs over its top.
      const inside = ideal !== undefined && y(0) - y(sum) > 24;
      const at = { x: left + x.bandwidth() / 2, y: inside ? y(0) - 8 : y(sum) - 5 };
      const look = { 'text-anchor': 'middle', class: inside ? 'inside' : 'value' };
      group.append(svg('text', { ...at, ...look }, note));
    }
    chart.append(group);
  });
  if (ideal) {
    const path = line<number>(
      (_, index) => (x(index) ?? 0) + x.bandwidth() / 2,
      (value) => y(value),
    );
    chart.append(svg('path', { d: path(ideal) ?? '', fill: 'none', class: 'ideal' }));
  }
  return chart;
}

export interface Curve {
  look: string;
  values: (number | null)[];
}

/** Lines over the same labels; a value that is missing is a gap. @param dots marks every value. */
export function lines(
  width: number,
  names: string[],
  curves: Curve[],
  { format, most, dots }: { format: (v: number) => string; most?: number; dots?: boolean },
): SVGSVGElement {
  const values = curves.flatMap((curve) => curve.values.filter((value) => value !== null));
  const y = vertical(most ?? Math.max(0.001, ...values));
  const x = scaleLinear([0, Math.max(1, names.length - 1)], [LEFT + 6, width - RIGHT - 6]);
  const chart = frame(width, y, format);
  labels(chart, names, x, width);
  for (const { look, values } of curves) {
    const path = line<number | null>(
      (_, index) => x(index),
      (value) => y(value ?? 0),
    ).defined((value) => value !== null);
    chart.append(svg('path', { d: path(values) ?? '', class: `line ${look}` }));
    values.forEach((value, index) => {
      // A value between two gaps has no line.
      const alone = (values[index - 1] ?? null) === null && (values[index + 1] ?? null) === null;
      if (value === null || !(dots || alone)) return;
      const words = svg('title', {}, `${names[index]}: ${format(value)}`);
      const at = { cx: x(index), cy: y(value), r: dots ? 3.5 : 2 };
      chart.append(svg('circle', { ...at, class: `dot ${look}` }, words));
    });
  }
  return chart;
}

function vertical(most: number): ScaleLinear<number, number> {
  const scale = scaleLinear([0, most], [HEIGHT - BOTTOM, TOP]);
  return most === 1 ? scale : scale.nice(4);
}

/** The empty chart: horizontal lines with what they stand for. */
function frame(width: number, y: ScaleLinear<number, number>, format: (v: number) => string) {
  const chart = svg('svg', { width, height: HEIGHT, viewBox: `0 0 ${width} ${HEIGHT}` });
  for (const tick of y.ticks(4)) {
    const at = y(tick);
    chart.append(
      svg('line', { x1: LEFT, x2: width - RIGHT, y1: at, y2: at, class: 'grid' }),
      svg('text', { x: LEFT - 8, y: at + 4, 'text-anchor': 'end' }, format(tick)),
    );
  }
  return chart;
}

/** As many labels as there is room for, the last one among them. */
function labels(
  chart: SVGSVGElement,
  names: string[],
  x: (index: number) => number,
  width: number,
): void {
  const room = Math.max(1, Math.floor((width - LEFT - RIGHT) / LABEL));
  const step = Math.max(1, Math.ceil(names.length / room));
  names.forEach((name, index) => {
    if ((names.length - 1 - index) % step !== 0) return;
    const anchor = names.length > 1 && index === names.length - 1 && step > 1 ? 'end' : 'middle';
    const at = { x: anchor === 'end' ? width - RIGHT : x(index), y: HEIGHT - 6 };
    chart.append(svg('text', { ...at, 'text-anchor': anchor }, name));
  });
}
