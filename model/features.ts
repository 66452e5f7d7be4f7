/**
 * `node dist/model/features.js BUNDLE < rows.ndjson > features.ndjson`: what the gate of a bundle is
 * fitted on, computed by the code that serves, so that both see the same numbers.
 *
 * In: `{id, text, title?, format?}` a line, text as Markdown (default) or plain. Out, in order:
 * `{id, reason, tokens, surface: {name: number}, pooled: [width numbers]}`; `reason` is why the document
 * would be turned away before the model reads it, and then there is nothing else.
 */
import { createInterface } from 'node:readline';
import { readMarkdown, readPlain, renderText } from '../documents/index.js';
import { loadBundle } from './bundle.js';
import { documentReason, sourceTokens, surfaceOf } from './core/index.js';
import { languageCheck } from './language.js';
import { Latch } from './latch.js';
import { OrtSession } from './ort.js';
import { proseWithin } from './prose.js';
import { loadTokenizer } from './tokenizer.js';

interface Row {
  id: string;
  text: string;
  title?: string;
  format?: 'markdown' | 'plain';
}

/** Five significant digits are more than the int8 encoder is good for. */
const DIGITS = 5;
const rounded = (x: number) => Number(x.toPrecision(DIGITS));

async function main(folder: string): Promise<void> {
  const bundle = await loadBundle(folder);
  const session = await OrtSession.load(bundle, { threads: 1, providers: ['cpu'] }, new Latch());
  const tokenizer = await loadTokenizer(bundle.tokenizer);
  const { tokens: special, limits, languages } = bundle.manifest;
  const language = languageCheck(languages);
  for await (const line of createInterface({ input: process.stdin })) {
    const { id, text, title, format } = JSON.parse(line) as Row;
    const document = (format === 'plain' ? readPlain : readMarkdown)(text, { title });
    const rendered = renderText(document);
    const reason = documentReason(rendered.text, language);
    if (reason) {
      process.stdout.write(`${JSON.stringify({ id, reason })}\n`);
      continue;
    }
    const prose = proseWithin(rendered, { tokens: limits.sourceTokens });
    const { ids } = sourceTokens(prose, tokenizer, special, limits.sourceTokens);
    const [pooled] = await session.pool([ids]);
    const surface = Object.entries(surfaceOf(document)).map(([name, x]) => [name, rounded(x)]);
    const row = {
      id,
      reason,
      tokens: ids.length,
      surface: Object.fromEntries(surface),
      pooled: [...(pooled as Float32Array)].map(rounded),
    };
    process.stdout.write(`${JSON.stringify(row)}\n`);
  }
  await session.release();
}

const [folder] = process.argv.slice(2);
if (!folder) {
  process.stderr.write(
    'usage: node dist/model/features.js BUNDLE < rows.ndjson > features.ndjson\n',
  );
  process.exitCode = 2;
} else await main(folder);
