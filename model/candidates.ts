/**
 * `node dist/model/candidates.js BUNDLE [LENGTH] < documents.ndjson > candidates.ndjson`: all that the
 * searches wrote for each document, with the features the gate sees. The choice among them is fitted on
 * this (docs/gate.md).
 *
 * In: `{id, text, title?, format?}` a line, text as Markdown (default) or plain. Out, in order:
 * `{id, candidates: [{text, mode, seam, kept, reason, features}]}`; `reason` is `unfinished` or `not_grounded`
 * where the text may not be shown whatever its confidence. No candidates where the document is turned away.
 */
import { renderText } from '../documents/index.js';
import { jobOf } from './asking.js';
import { judge, type SuggestionLength, writeDraft } from './core/index.js';
import { bundleAnswering, bundleReader } from './described.js';
import { open, rows } from './fitting.js';
import { checkOptions, READING } from './options.js';

async function main(folder: string, length: SuggestionLength): Promise<void> {
  const { bundle, session, tokenizer } = await open(folder);
  const { calibration } = bundle.manifest;
  const reader = bundleReader(bundle.manifest, bundle.gate, session, tokenizer);
  const answering = bundleAnswering(bundle.manifest, bundle.gate);
  const asked = checkOptions({ type: 'tldr', length, explain: true }, answering.types);
  for await (const { row, document } of rows()) {
    const { job, prose } = jobOf(document, renderText(document), asked, answering, READING);
    if (job.kind !== 'write') continue;
    const draft = await writeDraft(reader, job);
    const options = { ...asked, minConfidence: 0, calibration, gate: bundle.gate, prose };
    const candidates = draft.candidates.map((candidate) => {
      const { text, reason, features } = judge(candidate, draft, options);
      const { mode, seam, kept } = candidate;
      return { text, mode, seam, kept, reason, features };
    });
    process.stdout.write(`${JSON.stringify({ id: row.id, candidates })}\n`);
  }
  await session.release();
}

const [folder, length = 'short'] = process.argv.slice(2);
if (!folder || (length !== 'short' && length !== 'medium')) {
  process.stderr.write(
    'usage: node dist/model/candidates.js BUNDLE [short|medium] < documents.ndjson > candidates.ndjson\n',
  );
  process.exitCode = 2;
} else await main(folder, length);
