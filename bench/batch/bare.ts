/**
 * The Summarizer alone on rows of NDJSON, as little around it as can be: `bare.js BUNDLE INPUT
 * WORKERS`. Says how many suggestions there were.
 */
import { readFileSync } from 'node:fs';
import { readPlain } from '../../documents/index.js';
import { Summarizer } from '../../model/index.js';

const [bundle, input, workers] = process.argv.slice(2) as [string, string, string];
const precis = await Summarizer.load(bundle, { workers: Number(workers) });
const documents = readFileSync(input, 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => ({ document: readPlain((JSON.parse(line) as { text: string }).text) }));
let shown = 0;
for await (const outcome of precis.suggestMany(documents)) {
  if ('error' in outcome) throw outcome.error;
  if (outcome.result.suggestion) shown++;
}
await precis.close();
process.stdout.write(`${shown}\n`);
