import type { LengthReport } from '../report.js';
import { html, percent } from './text.js';

interface Tile {
  value: string;
  label: string;
  goal: string;
  met: boolean | null;
}

/** The figures that the gate was promised by, each beside its goal. */
export function tiles(report: LengthReport): string {
  return `<div class="tiles">${promised(report).map(tile).join('')}</div>`;
}

function promised({ acceptable, calibration, suitability, shown }: LengthReport): Tile[] {
  const half = acceptable ? 1 - riskAtHalf(acceptable.gate.curve) : null;
  const ratio = acceptable?.ratio.value ?? null;
  const ece = calibration.ece?.value ?? null;
  const { mean, worst, refused } = suitability;
  return [
    {
      value: percent(shown?.value),
      label: 'of suitable documents get a suggestion',
      goal: '',
      met: null,
    },
    {
      value: percent(half),
      label: 'acceptable among the most confident half',
      goal: '≥ 85 %',
      met: half === null ? null : half >= 0.85,
    },
    {
      value: ratio === null ? '–' : ratio.toFixed(2),
      label: "of the plain gate's area under the risk curve",
      goal: '≤ 0.70',
      met: ratio === null ? null : ratio <= 0.7,
    },
    {
      value: ece === null ? '–' : ece.toFixed(3),
      label: 'calibration error (15 bins)',
      goal: '≤ 0.05',
      met: ece === null ? null : ece <= 0.05,
    },
    {
      value: percent(mean, 1),
      label: `unsuitable documents that get one, mean of the kinds${worst ? `; worst: ${worst.kind.replace('_', ' ')}, ${percent(worst.value)}` : ''}`,
      goal: '≤ 2 %, worst ≤ 5 %',
      met: mean === null ? null : mean <= 0.02 && (worst?.value ?? 0) <= 0.05,
    },
    {
      value: percent(refused?.value, 1),
      label: 'of suitable documents refused as unsuitable',
      goal: '≤ 5 %',
      met: refused === null ? null : refused.value <= 0.05,
    },
  ];
}

function tile({ value, label, goal, met }: Tile): string {
  const mark = met === null ? 'goal, not measured:' : met ? '✓ goal' : '✗ goal';
  const style = met === null ? '' : met ? ' class="met"' : ' class="unmet"';
  return `<div class="tile"><b>${value}</b><span>${html(label)}</span>${goal ? `<em${style}>${mark} ${goal}</em>` : ''}</div>`;
}

function riskAtHalf(curve: readonly { coverage: number; value: number }[]): number {
  return curve.find(({ coverage }) => coverage >= 0.4999)?.value ?? Number.NaN;
}
