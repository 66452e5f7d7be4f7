import type { Report } from './figures.js';
import { escaped, number, percent } from './markup.js';
import { filters, funnel, licences, precision, rewrites, shapes, sources } from './sections.js';
import { STYLE } from './style.js';

interface Section {
  id: string;
  title: string;
  note: string;
  body: string;
}

/** report.html: one file that needs nothing else, in light and dark, without scripts. */
export function page(report: Report): string {
  const parts = sections(report);
  const links = parts.map(({ id, title }) => `<a href="#${id}">${title}</a>`).join('');
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>Cleaning report: ${number(report.tiers.clean)} of ${number(report.rows)} rows</title><style>${STYLE}</style></head>
<body><main><h1>Cleaning report</h1>
<p class="soft">${number(report.rows)} rows of ${number(report.files)} files, seed ${report.seed}. The same input and seed give this page again, character for character; <code>report.json</code> has the same figures.</p>
${tiles(report)}<nav>${links}</nav>
${parts.map(({ id, title, note, body }) => `<h2 id="${id}">${title}</h2><p class="note">${note}</p>${body}`).join('\n')}
<footer>Every dropped row stands with its reason and the evidence in <code>rejects.jsonl.zst</code>; <code>precis-clean explain ID --out DIR</code> tells the whole story of one document.</footer>
</main></body></html>
`;
}

function tiles({ tiers, cleanSources, largest, annotated, rows }: Report): string {
  const test = annotated.test ?? annotated.dev;
  const list: [string, string, string][] = [
    [
      number(tiers.clean),
      `clean pairs, ${percent(tiers.clean / Math.max(1, rows), 1)} of all rows`,
      'clean',
    ],
    [number(tiers.loose), 'loose pairs, for early training', ''],
    [number(tiers.prose), 'documents of prose', ''],
    [
      number(cleanSources),
      largest
        ? `sources; the largest, ${escaped(largest.name)}, has ${percent(largest.share, 1)}`
        : 'sources',
      '',
    ],
  ];
  if (test) {
    const split = annotated.test ? 'test' : 'dev';
    const note = `precision on annotated ${split} (${percent(test.raw)} before), recall ${percent(test.recall)}`;
    list.push([percent(test.precision), note, '']);
  }
  const html = list.map(
    ([value, note, kind]) => `<div class="tile ${kind}"><b>${value}</b><span>${note}</span></div>`,
  );
  return `<div class="tiles">${html.join('')}</div>`;
}

function sections(report: Report): Section[] {
  const list: Section[] = [
    {
      id: 'funnel',
      title: 'Where rows end',
      note: 'Every row has one reason, the first that holds from the top. Bars are shares of all rows.',
      body: funnel(report),
    },
    {
      id: 'shapes',
      title: 'Summaries before and after',
      note: 'Share of summaries; dashed lines are medians, the last step holds everything above.',
      body: shapes(report),
    },
  ];
  if (Object.keys(report.annotated).length > 0) {
    list.push({
      id: 'precision',
      title: 'Against the annotators',
      note: 'Good is a pair whose document an annotator found suitable and whose author’s summary good. <i>Loose too</i> is the precision of clean and loose together. The learned score was fitted on train: dev and test are the measure.',
      body: precision(report),
    });
  }
  list.push(
    {
      id: 'sources',
      title: 'Sources',
      note: 'By number of rows. A pair whose document is prose as well counts once, as a pair.',
      body: sources(report),
    },
    {
      id: 'licences',
      title: 'Licences',
      note: 'As the inputs state them.',
      body: licences(report),
    },
    {
      id: 'rewrites',
      title: 'Rewrites',
      note: 'Steps that save a summary; shares are of all summaries.',
      body: rewrites(report),
    },
    {
      id: 'filters',
      title: 'Filters, with examples',
      note: 'Up to five random rows that each one dropped, and five that it let through.',
      body: filters(report),
    },
  );
  return list;
}
