import type { LengthReport, Report } from './report.js';
import type { Estimate } from './statistics/bootstrap.js';

/** What the terminal shows of a report. */
export function summary({ split, documents, lengths, agreement }: Report): string {
  const lines = [
    `${split}: ${documents.suitable} suitable and ${documents.unsuitable} unsuitable documents`,
  ];
  for (const [length, one] of Object.entries(lengths)) lines.push('', ...lengthLines(length, one));
  if (agreement) {
    lines.push(
      '',
      `Two passes of judges: kappa ${range(agreement.kappa, 2)}, ${agreement.pairs} texts`,
    );
  }
  return `${lines.join('\n')}\n`;
}

function lengthLines(length: string, one: LengthReport): string[] {
  const { acceptable, likeness, suitability: kinds, calibration } = one;
  const judged = acceptable
    ? `${acceptable.documents} judged: acceptable at ${acceptable.gate.levels.map(({ coverage, value }) => `${100 * coverage} %: ${percent(value)}`).join(', ')}; AURC ${acceptable.gate.aurc.toFixed(3)}, ratio to the plain gate ${range(acceptable.ratio, 2)}; ECE ${range(calibration.ece, 3)}`
    : 'fewer than ten of these texts are judged: no share of acceptable ones';
  return [
    `${length}: shown for ${percent(one.shown?.value)} of the suitable, for ${percent(kinds.suggested?.value)} of the unsuitable; ${percent(kinds.refused?.value)} of the suitable refused as unsuitable`,
    ...one.systems.map(
      ({ name, documents, rouge1, rouge2, rougeL }) =>
        `  ${name.padEnd(20)} ${String(documents).padStart(5)}  ROUGE-1/2/L ${[rouge1, rouge2].map((r) => r?.value.toFixed(1) ?? '–').join(' / ')} / ${range(rougeL, 1)}`,
    ),
    `  ${judged}`,
    ...(likeness ? [`  by ROUGE-L instead: ratio ${range(likeness.ratio, 2)}`] : []),
  ];
}

const percent = (value: number | undefined) =>
  value === undefined ? '–' : `${(100 * value).toFixed(1)} %`;

function range(estimate: Estimate | null, digits: number): string {
  if (!estimate) return '–';
  const [value, low, high] = [estimate.value, estimate.low, estimate.high].map((x) =>
    x.toFixed(digits),
  );
  return `${value} (${low} to ${high})`;
}
