/**
 * `node dist/model/features.js BUNDLE [--surface] < rows.ndjson > features.ndjson`: what the gate of a
 * bundle is fitted on, computed by the code that serves, so that both see the same numbers.
 *
 * In: `{id, text, title?, format?, suitable?}` a line, text as Markdown (default) or plain. Out, in order:
 * `{id, reason, tokens, surface: {name: number}, pooled?: [width numbers]}`; `reason` is why the document
 * would be turned away before the model reads it, and then there is nothing else. States are wanted of
 * suitable documents alone (`suitable` not false), and of none with `--surface`.
 */
import { renderText } from '../documents/index.js';
import { documentReason, sourceTokens, surfaceOf } from './core/index.js';
import { open, rows } from './fitting.js';
import { languageCheck } from './language.js';
import { proseWithin } from './prose.js';

/** Five significant digits are more than the int8 encoder is good for. */
const DIGITS = 5;
const rounded = (x: number) => Number(x.toPrecision(DIGITS));

async function main(folder: string, surfaceOnly: boolean): Promise<void> {
  const { bundle, session, tokenizer } = await open(folder);
  const { tokens: special, limits, languages } = bundle.manifest;
  const language = languageCheck(languages);
  for await (const { row, document } of rows()) {
    const { id, suitable } = row;
    const rendered = renderText(document);
    const reason = documentReason(rendered.text, language);
    if (reason) {
      process.stdout.write(`${JSON.stringify({ id, reason })}\n`);
      continue;
    }
    const prose = proseWithin(rendered, { tokens: limits.sourceTokens });
    const { ids } = sourceTokens(prose, tokenizer, special, limits.sourceTokens);
    const pooled = surfaceOnly || suitable === false ? undefined : (await session.pool([ids]))[0];
    const surface = Object.entries(surfaceOf(document)).map(([name, x]) => [name, rounded(x)]);
    const found = {
      id,
      reason,
      tokens: ids.length,
      surface: Object.fromEntries(surface),
      ...(pooled ? { pooled: [...pooled].map(rounded) } : {}),
    };
    process.stdout.write(`${JSON.stringify(found)}\n`);
  }
  await session.release();
}

const [folder, mode] = process.argv.slice(2);
if (!folder) {
  process.stderr.write(
    'usage: node dist/model/features.js BUNDLE [--surface] < rows.ndjson > features.ndjson\n',
  );
  process.exitCode = 2;
} else await main(folder, mode === '--surface');
