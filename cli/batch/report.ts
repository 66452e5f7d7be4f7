import { createReadStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { about } from '../failure.js';
import { lines } from '../lines.js';

/** Rows a table shows: a browser takes no more with ease. */
const SHOWN = 2000;
const BINS = 10;

interface Tally {
  documents: number;
  shown: number;
  reasons: Map<string, number>;
  errors: Map<string, number>;
  bins: number[];
  rows: string[];
}

/** Writes one page about a results file: what was suggested, what was withheld and why, what failed. */
export async function writeReport(results: string, path: string): Promise<void> {
  const tally: Tally = {
    documents: 0,
    shown: 0,
    reasons: new Map(),
    errors: new Map(),
    bins: Array(BINS).fill(0),
    rows: [],
  };
  for await (const line of lines(createReadStream(results) as AsyncIterable<Buffer>)) {
    if (line.bytes) add(tally, JSON.parse(line.bytes.toString()));
  }
  await writeFile(path, page(results, tally)).catch(about(path));
}

interface ResultRow {
  id: string | number | null;
  suggestion?: { text: string; confidence: number } | null;
  reason?: string | null;
  error?: { code: string; message: string };
}

function add(tally: Tally, { id, suggestion, reason, error }: ResultRow): void {
  tally.documents++;
  const room = tally.rows.length < SHOWN;
  const name = `<td>${html(String(id ?? ''))}</td>`;
  if (error) {
    count(tally.errors, error.code);
    if (room)
      tally.rows.push(
        `<tr class="failed">${name}<td>${html(error.message)}</td><td>failed</td></tr>`,
      );
  } else if (suggestion) {
    tally.shown++;
    const bin = Math.min(BINS - 1, Math.floor(suggestion.confidence * BINS));
    tally.bins[bin] = (tally.bins[bin] ?? 0) + 1;
    const percent = Math.round(suggestion.confidence * 100);
    if (room)
      tally.rows.push(`<tr>${name}<td>${html(suggestion.text)}</td><td>${percent} %</td></tr>`);
  } else {
    count(tally.reasons, reason ?? 'unknown');
    if (room)
      tally.rows.push(`<tr class="withheld">${name}<td></td><td>${html(reason ?? '')}</td></tr>`);
  }
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

function page(results: string, tally: Tally): string {
  const { documents, shown, rows } = tally;
  const most = Math.max(1, ...tally.bins);
  const bars = tally.bins
    .map((value, index) => {
      const label = `${index * 10}–${index * 10 + 10} %: ${value}`;
      return `<div title="${label}"><i style="height:${Math.round((value / most) * 100)}%"></i><span>${index * 10}</span></div>`;
    })
    .join('');
  const left = documents - rows.length;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Precis: ${html(results)}</title>
<style>
body{font:15px/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem;color:#1a1a1a;background:#fff}
h1{font-size:1.4rem}h2{font-size:1.1rem;margin-top:2rem}
table{border-collapse:collapse;width:100%}td,th{text-align:left;padding:.35rem .6rem;border-bottom:1px solid #ddd;vertical-align:top;overflow-wrap:anywhere}
td:last-child{white-space:nowrap}.withheld td{color:#777}.failed td{color:#a00}
.bars{display:flex;gap:4px;height:8rem;max-width:30rem}.bars div{flex:1;display:flex;flex-direction:column;justify-content:end;height:100%}
.bars i{background:#2a7;display:block;min-height:1px}.bars span{font-size:.75rem;color:#777}
@media(prefers-color-scheme:dark){body{background:#161616;color:#e6e6e6}td,th{border-color:#333}.failed td{color:#f88}}
</style></head><body>
<h1>Suggestions in ${html(results)}</h1>
<p>${documents} documents: ${shown} suggestions (${percentOf(shown, documents)}), ${sum(tally.reasons)} withheld, ${sum(tally.errors)} failed.</p>
<h2>Confidence of what was suggested, in percent</h2><div class="bars">${bars}</div>
${list('Withheld, by reason', tally.reasons)}${list('Failed, by cause', tally.errors)}
<h2>Documents</h2>
<table><thead><tr><th>Document</th><th>Suggestion</th><th>Confidence</th></tr></thead><tbody>
${rows.join('\n')}
</tbody></table>
${left > 0 ? `<p>${left} more are in ${html(results)}.</p>` : ''}
</body></html>
`;
}

function list(title: string, counts: Map<string, number>): string {
  if (counts.size === 0) return '';
  const items = [...counts].sort((a, b) => b[1] - a[1]);
  const rows = items.map(([name, value]) => `<tr><td>${html(name)}</td><td>${value}</td></tr>`);
  return `<h2>${title}</h2><table><tbody>${rows.join('')}</tbody></table>`;
}

const sum = (counts: Map<string, number>) => [...counts.values()].reduce((a, b) => a + b, 0);
const percentOf = (part: number, all: number) => `${all ? Math.round((part / all) * 100) : 0} %`;
const html = (text: string) =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;');
