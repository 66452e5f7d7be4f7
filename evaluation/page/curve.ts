import type { Selection } from '../figures/selection.js';
import type { CurvePoint } from '../statistics/risk-coverage.js';
import { band, n, path, plot, scales } from './svg.js';

/** A level line beside the curves: what a system without a gate has. */
export interface Level {
  name: string;
  value: number;
}

/** Risk against coverage of the gate and of the plain gate, with their bands. */
export function riskCoverage(
  { gate, plain, shown, right }: Selection,
  y: string,
  levels: readonly Level[],
): string {
  const values = [...gate.curve, ...plain.curve].map(({ high }) => high);
  const top = Math.min(1, Math.ceil(Math.max(...values, ...levels.map((l) => l.value)) * 10) / 10);
  const step = top > 0.5 ? 0.2 : 0.1;
  const ticks = Array.from({ length: Math.floor(top / step + 1.001) }, (_, i) => i * step);
  const frame = { height: 300, top, ticks, x: 'documents shown, %', y };
  const at = scales(frame);
  const lines = levels.map(({ name, value }) => {
    const line = n(at.y(value));
    return `<line class="level" x1="${n(at.x(0))}" x2="${n(at.x(1))}" y1="${line}" y2="${line}"/><text class="tag" x="${n(at.x(0.01))}" y="${n(at.y(value) - 4)}">${name}</text>`;
  });
  const point =
    shown && right
      ? `<circle class="here" cx="${n(at.x(shown.value))}" cy="${n(at.y(1 - right.value))}" r="5"><title>as the bundle ships: ${Math.round(100 * shown.value)} % shown</title></circle>`
      : '';
  const title = `Risk against coverage: ${y}, by share of documents shown`;
  return plot(
    { ...frame, title },
    `${lines.join('')}${curve('plain', plain.curve, at)}${curve('gate', gate.curve, at)}${point}`,
  );
}

function curve(name: string, points: readonly CurvePoint[], at: ReturnType<typeof scales>): string {
  const line = (pick: (point: CurvePoint) => number) =>
    points.map((point) => [at.x(point.coverage), at.y(pick(point))] as const);
  return `<path class="band ${name}" d="${band(
    line(({ low }) => low),
    line(({ high }) => high),
  )}"/><path class="line ${name}" d="${path(line(({ value }) => value))}"/>`;
}
