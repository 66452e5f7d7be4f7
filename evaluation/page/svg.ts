/** A plot's frame: a viewBox of this size, drawn as wide as the column allows. */
export const WIDTH = 440;
export const LEFT = 44;
export const RIGHT = 14;
const TOP = 14;
const BOTTOM = 40;

export interface Frame {
  height: number;
  /** Most of the value axis, which starts at 0. */
  top: number;
  /** Names of the axes. */
  x: string;
  y: string;
  ticks: readonly number[];
  /** What someone hears who does not see the plot. */
  title: string;
}

/** Positions in a frame whose x axis runs from 0 to 1. */
export function scales({ height, top }: Pick<Frame, 'height' | 'top'>) {
  const x = (value: number) => LEFT + value * (WIDTH - LEFT - RIGHT);
  const y = (value: number) => height - BOTTOM - (value / top) * (height - TOP - BOTTOM);
  return { x, y };
}

/** Axes with hairlines and what is drawn over them. */
export function plot(frame: Frame, marks: string): string {
  const { height, title, ticks } = frame;
  const { x, y } = scales(frame);
  const across = ticks.map(
    (tick) =>
      `<line class="grid" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${n(y(tick))}" y2="${n(y(tick))}"/><text x="${LEFT - 7}" y="${n(y(tick) + 4)}" text-anchor="end">${Math.round(100 * tick)}</text>`,
  );
  const down = [0, 0.2, 0.4, 0.6, 0.8, 1].map(
    (tick) =>
      `<text x="${n(x(tick))}" y="${height - BOTTOM + 18}" text-anchor="middle">${Math.round(100 * tick)}</text>`,
  );
  return `<svg viewBox="0 0 ${WIDTH} ${height}" role="img" aria-label="${title}">
<title>${title}</title>${across.join('')}${down.join('')}
<line class="axis" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${n(y(0))}" y2="${n(y(0))}"/>
<text class="name" x="${n(x(0.5))}" y="${height - 4}" text-anchor="middle">${frame.x}</text>
<text class="name" transform="translate(11 ${n(y(frame.top / 2))}) rotate(-90)" text-anchor="middle">${frame.y}</text>
${marks}</svg>`;
}

export function path(points: readonly (readonly [x: number, y: number])[]): string {
  return points.map(([x, y], i) => `${i === 0 ? 'M' : 'L'}${n(x)} ${n(y)}`).join('');
}

/** The area between a lower and an upper line. */
export function band(
  low: readonly (readonly [number, number])[],
  high: readonly (readonly [number, number])[],
): string {
  return `${path([...low, ...[...high].reverse()])}Z`;
}

export const n = (value: number) => String(Math.round(value * 10) / 10);
