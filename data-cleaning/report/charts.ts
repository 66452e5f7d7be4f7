import type { Axis, Distribution } from './distribution.js';
import type { FunnelStage } from './figures.js';
import { escaped, number, percent } from './markup.js';

const WIDTH = 440;
const HEIGHT = 190;
const LEFT = 40;
const RIGHT = 8;
const BOTTOM = 26;
/** Room above the highest step. */
const TOP = 14;

/** Two distributions on one axis: before as a grey area, after as a line with a tinted area. */
export function distributionChart(axis: Axis, before: Distribution, after: Distribution): string {
  const { marks, top } = scale(Math.max(...before.bins, ...after.bins, 0.001));
  const floor = HEIGHT - BOTTOM;
  const wide = (WIDTH - LEFT - RIGHT) / before.bins.length;
  const y = (share: number) => floor - (share / top) * (floor - TOP);
  const steps = ({ bins }: Distribution) =>
    bins
      .map((share, bin) => {
        const [from, to] = [LEFT + bin * wide, LEFT + (bin + 1) * wide];
        return `${point(from, y(share))} ${point(to, y(share))}`;
      })
      .join(' L');
  const area = (one: Distribution) =>
    `M${point(LEFT, floor)} L${steps(one)} L${point(WIDTH - RIGHT, floor)} Z`;
  const lines = marks.map(
    (share) =>
      `<line class="grid" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${y(share).toFixed(1)}" y2="${y(share).toFixed(1)}"/><text x="${LEFT - 6}" y="${(y(share) + 4).toFixed(1)}" text-anchor="end">${percent(share)}</text>`,
  );
  return `<svg viewBox="0 0 ${WIDTH} ${HEIGHT}" role="img" aria-label="${escaped(label(axis, before, after))}">
${lines.join('')}<path class="before" d="${area(before)}"/><path class="after" d="${area(after)}"/><path class="edge" d="M${steps(after)}"/>
<line class="axis" x1="${LEFT}" x2="${WIDTH - RIGHT}" y1="${floor}" y2="${floor}"/>${ticks(axis, wide, floor)}
${median(before, 'before', axis, wide, floor)}${median(after, 'after', axis, wide, floor)}</svg>`;
}

/** Round shares to mark on the upright axis, two to five of them, and where it ends. */
function scale(most: number): { marks: number[]; top: number } {
  const step = [0.01, 0.02, 0.05, 0.1, 0.2, 0.5].find((one) => most / one <= 5) ?? 0.5;
  const count = Math.max(1, Math.ceil(most / step - 0.05));
  const marks = Array.from({ length: count }, (_, at) => (at + 1) * step);
  return { marks, top: Math.max(most, count * step) };
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
  return `<line class="median ${name}" x1="${x.toFixed(1)}" x2="${x.toFixed(1)}" y1="${TOP}" y2="${floor}"/>`;
}

function ticks({ step, last }: Axis, wide: number, floor: number): string {
  const every = Math.ceil((last / step + 1) / 8);
  const marks: string[] = [];
  for (let bin = 0; bin * step <= last; bin += every) {
    const x = LEFT + bin * wide;
    const value = Number((bin * step).toFixed(2));
    marks.push(`<text x="${x.toFixed(1)}" y="${floor + 17}" text-anchor="middle">${value}</text>`);
  }
  return marks.join('');
}

function label(axis: Axis, before: Distribution, after: Distribution): string {
  const [, was] = before.quartiles;
  const [, is] = after.quartiles;
  return `${axis.label}, ${axis.description}: median ${was} before, ${is} after`;
}

const point = (x: number, y: number) => `${x.toFixed(1)},${y.toFixed(1)}`;

/** A row a stage: what entered it, and which part of that ended there; the last one is what was kept. */
export function funnelChart(stages: FunnelStage[], rows: number, kept: number): string {
  const width = (part: number) => `${((100 * part) / Math.max(1, rows)).toFixed(3)}%`;
  const lines = stages.map((stage) => {
    const { reason, kind, description, entered, dropped, loose } = stage;
    const lighter = loose > 0 ? `, ${number(loose)} of them to the loose tier` : '';
    const title = `${description} ${number(entered)} came in, ${number(dropped)} ended here${lighter}.`;
    const bars = [
      ['left', entered - dropped],
      ['gone loose', loose],
      [`gone ${KIND[kind]}`, dropped - loose],
    ] as const;
    const spans = bars
      .filter(([, part]) => part > 0)
      .map(([name, part]) => `<span class="${name}" style="width:${width(part)}"></span>`);
    return `<a class="stage${dropped === 0 ? ' none' : ''}" href="#f-${escaped(reason)}" title="${escaped(title)}"><span class="name">${escaped(reason)}</span><span class="track">${spans.join('')}</span><span class="n">${dropped === 0 ? '–' : number(dropped)}</span><span class="n share">${dropped === 0 ? '' : percent(dropped / entered, 1)}</span></a>`;
  });
  const head = `<div class="stage head"><span>reason</span><span></span><span class="n">ended here</span><span class="n share">of those left</span></div>`;
  const last = `<div class="stage kept"><span class="name">kept as clean</span><span class="track"><span class="kept" style="width:${width(kept)}"></span></span><span class="n">${number(kept)}</span><span class="n share">${percent(kept / Math.max(1, rows), 1)} of all</span></div>`;
  return `<div class="funnel">${[head, ...lines, last].join('\n')}</div>`;
}

/** What a filter of style sends further down than to the loose tier loses its summary. */
const KIND: Record<FunnelStage['kind'], string> = {
  reading: 'reading',
  document: 'document',
  summary: 'summary',
  style: 'summary',
  placing: 'placing',
};

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
