import type { Estimate } from '../statistics/bootstrap.js';
import { n, WIDTH } from './svg.js';

export interface Row {
  name: string;
  /** Behind the name, small. */
  note?: string;
  values: readonly { style: 'gate' | 'plain' | 'other'; estimate: Estimate | null }[];
}

const STEP = 26;
const NAMES = 148;
const EDGE = 12;

/** Values with their intervals, a row each, on one axis. `goals` are drawn as lines. */
export function dots(
  rows: readonly Row[],
  axis: { from: number; to: number; step: number; name: string; write: (value: number) => string },
  goals: readonly number[] = [],
): string {
  const height = rows.length * STEP + 44;
  const bottom = height - 36;
  const x = (value: number) =>
    NAMES +
    ((Math.min(axis.to, Math.max(axis.from, value)) - axis.from) / (axis.to - axis.from)) *
      (WIDTH - NAMES - EDGE);
  const count = Math.round((axis.to - axis.from) / axis.step);
  const grid = Array.from({ length: count + 1 }, (_, i) => axis.from + i * axis.step).map(
    (tick) =>
      `<line class="grid" x1="${n(x(tick))}" x2="${n(x(tick))}" y1="4" y2="${bottom}"/><text x="${n(x(tick))}" y="${bottom + 16}" text-anchor="middle">${axis.write(tick)}</text>`,
  );
  const lines = goals.map(
    (goal) =>
      `<line class="goal" x1="${n(x(goal))}" x2="${n(x(goal))}" y1="4" y2="${bottom}"><title>goal: ${axis.write(goal)}</title></line>`,
  );
  const marks = rows.map(({ name, note, values }, i) => {
    const middle = i * STEP + STEP / 2 + 4;
    const offset = values.length > 1 ? 4 : 0;
    const points = values.map(({ style, estimate }, j) => {
      if (!estimate) return '';
      const y = n(middle + (j === 0 ? -offset : offset));
      return `<line class="whisker ${style}" x1="${n(x(estimate.low))}" x2="${n(x(estimate.high))}" y1="${y}" y2="${y}"/><circle class="dot ${style}" cx="${n(x(estimate.value))}" cy="${y}" r="4"><title>${name}: ${axis.write(estimate.value)}</title></circle>`;
    });
    const small = note ? `<tspan class="note" dx="4">${note}</tspan>` : '';
    return `<text x="${NAMES - 10}" y="${n(middle + 4)}" text-anchor="end">${name}${small}</text>${points.join('')}`;
  });
  return `<svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${axis.name}"><title>${axis.name}</title>${grid.join('')}${lines.join('')}${marks.join('')}
<text class="name" x="${n((NAMES + WIDTH) / 2)}" y="${height - 2}" text-anchor="middle">${axis.name}</text></svg>`;
}
