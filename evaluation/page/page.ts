import type { Agreement } from '../figures/agreement.js';
import type { Report } from '../report.js';
import { lengthSection } from './length.js';
import { style } from './style.js';
import { agreementTable } from './tables.js';
import { html, percent } from './text.js';

/** One page without a script or anything fetched: a tab for each report, the first one open. */
export function page(reports: readonly Report[]): string {
  const [first] = reports;
  const model = first?.model ? `${first.model.name} ${first.model.version}` : 'unknown model';
  const inputs = reports.map(
    ({ split }, i) =>
      `<input type="radio" name="split" id="tab-${split}"${i === 0 ? ' checked' : ''}>`,
  );
  const tabs = reports.map(({ split }) => `<label for="tab-${split}">${html(split)}</label>`);
  const shown = reports.map(
    ({ split }) =>
      `#tab-${split}:not(:checked)~.${split}{display:none}#tab-${split}:checked~nav label[for=tab-${split}]{border-color:var(--gate);color:var(--gate)}#tab-${split}:focus-visible~nav label[for=tab-${split}]{outline:2px solid var(--gate)}`,
  );
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark"><title>Precis: when it speaks, is it right?</title>
<style>${style}${shown.join('')}</style></head><body>
<h1>When Precis speaks, is it right?</h1>
<p class="soft">${html(model)} · made by <code>make evaluate</code></p>
${inputs.join('')}${reports.length > 1 ? `<nav>${tabs.join('')}</nav>` : ''}
${reports.map(section).join('\n')}
</body></html>
`;
}

function section(report: Report): string {
  const { split, documents, judgments, lengths } = report;
  const parts = Object.entries(lengths).map(([length, one]) => lengthSection(length, one));
  return `<main class="${html(split)}"><p>${documents.suitable} suitable and ${documents.unsuitable} unsuitable documents of <b>${html(split)}</b>, answered by the TypeScript runtime; ${judgments} blind judgments.</p>
${parts.join('\n')}${passes(report.agreement)}</main>`;
}

function passes(agreement: Agreement | null): string {
  const head = '<h2>Do the judges agree?</h2>';
  if (!agreement) {
    return `${head}<p class="missing">No text was judged twice: the agreement of two passes is not known.</p>`;
  }
  const { pairs, same, kappa, weighted, acceptable, usable } = agreement;
  const write = (one: typeof kappa) =>
    one ? `${one.value.toFixed(2)} (${one.low.toFixed(2)} – ${one.high.toFixed(2)})` : '–';
  return `${head}<p>${pairs} texts were judged twice, by different judges: the same verdict on ${percent(same?.value)}. Cohen's κ ${write(kappa)}; with half credit for neighbouring verdicts ${write(weighted)}; acceptable or not ${write(acceptable)}; usable or not ${write(usable)}.</p>${agreementTable(agreement)}`;
}
