import type { Axis, Distribution } from './distribution.js';
import type { FunnelStage } from './figures.js';
import { escaped, number, percent } from './markup.js';

const WIDTH = 440;
const HEIGHT = 190;
const LEFT = 8;
const BOTTOM = 26;

/** Two distributions on one axis: before as a grey area, after as a line with a tinted area. */
export function distributionChart(axis: Axis, before: Distribution, after: Distribution): string {
  const top = Math.max(...before.bins, ...after.bins, 0.001) * 1.08;
  const floor = HEIGHT - BOTTOM;
  const wide = (WIDTH - 2 * LEFT) / before.bins.length;
  const y = (share: number) => floor - (share / top) * (floor - 14);
  const steps = ({ bins }: Distribution) =>
    bins
      .map((share, bin) => {
        const [from, to] = [LEFT + bin * wide, LEFT + (bin + 1) * wide];
        return `${point(from, y(share))} ${point(to, y(share))}`;
      })
      .join(' L');
  const area = (one: Distribution) =>
    `M${point(LEFT, floor)} L${steps(one)} L${point(WIDTH - LEFT, floor)} Z`;
  return `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escaped(label(axis, before, after))}">
<path class="before" d="${area(before)}"/><path class="after" d="${area(after)}"/><path class="edge" d="M${steps(after)}"/>
<line class="axis" x1="${LEFT}" x2="${WIDTH - LEFT}" y1="${floor}" y2="${floor}"/>${ticks(axis, wide, floor)}
${median(before, 'before', axis, wide, floor)}${median(after, 'after', axis, wide, floor)}</svg>`;
}

function median(
  { quartiles, count }: Distribution,
  name: string,
  { step, last }: Axis,
  wide: number,
  floor: number,
): string {
  if (count === 0) return '';
  const x = LEFT + Math.min(quartiles[1] / step + 0.0001, last / step + 1) * wide;
  return `<line class="median ${name}" x1="${x.toFixed(1)}" x2="${x.toFixed(1)}" y1="8" y2="${floor}"/>`;
}

function ticks({ step, last }: Axis, wide: number, floor: number): string {
  const every = Math.ceil((last / step + 1) / 8);
  const marks: string[] = [];
  for (let bin = 0; bin * step <= last; bin += every) {
    const x = LEFT + bin * wide;
    const value = Number((bin * step).toFixed(2));
    const anchor = bin === 0 ? 'start' : 'middle';
    marks.push(
      `<text x="${x.toFixed(1)}" y="${floor + 17}" text-anchor="${anchor}">${value}</text>`,
    );
  }
  return marks.join('');
}

function label(axis: Axis, before: Distribution, after: Distribution): string {
  const [, was] = before.quartiles;
  const [, is] = after.quartiles;
  return `${axis.label}, ${axis.description}: median ${was} before, ${is} after`;
}

const point = (x: number, y: number) => `${x.toFixed(1)},${y.toFixed(1)}`;

/** A row a stage: what entered it, and which part of that it dropped. */
export function funnelChart(stages: FunnelStage[], rows: number): string {
  const lines = stages.map(({ reason, kind, description, entered, dropped, loose }) => {
    const left = (100 * (entered - dropped)) / Math.max(1, rows);
    const gone = (100 * dropped) / Math.max(1, rows);
    const lighter = loose > 0 ? `, ${number(loose)} to the loose tier` : '';
    const title = `${number(entered)} came in, ${number(dropped)} ended here${lighter}`;
    return `<a class="stage" href="#f-${escaped(reason)}" title="${escaped(`${description} ${title}.`)}"><span class="name">${escaped(reason)}</span><span class="track"><span class="left" style="width:${left.toFixed(3)}%"></span><span class="gone ${kind}" style="width:${gone.toFixed(3)}%"></span></span><span class="n">${dropped === 0 ? '0' : `−${number(dropped)}`}</span><span class="n share">${percent(dropped / Math.max(1, entered), 1)}</span></a>`;
  });
  return `<div class="funnel">${lines.join('\n')}</div>`;
}

/** Parts of a whole side by side. */
export function stack(parts: { name: string; value: number }[], whole: number): string {
  const bars = parts
    .filter(({ value }) => value > 0)
    .map(({ name, value }) => {
      const width = (100 * value) / Math.max(1, whole);
      return `<span class="${name}" style="width:${width.toFixed(2)}%" title="${name}: ${number(value)}"></span>`;
    });
  return `<span class="stack">${bars.join('')}</span>`;
}
