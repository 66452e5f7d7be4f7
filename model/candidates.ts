/**
 * `node dist/model/candidates.js BUNDLE [LENGTH] < documents.ndjson > candidates.ndjson`: all that the
 * searches wrote for each document, with the features the gate sees. The choice among them is fitted on
 * this (docs/gate.md).
 *
 * In: `{id, text, title?, format?}` a line, text as Markdown (default) or plain. Out, in order:
 * `{id, candidates: [{text, mode, seam, kept, reason, features}]}`; `reason` is `unfinished` or `not_grounded`
 * where the text may not be shown whatever its confidence. No candidates where the document is turned away.
 */
import { createInterface } from 'node:readline';
import { readMarkdown, readPlain, renderText } from '../documents/index.js';
import { jobOf } from './asking.js';
import { loadBundle } from './bundle.js';
import { judge, type SuggestionLength, writeDraft } from './core/index.js';
import { bundleAnswering } from './described.js';
import { Latch } from './latch.js';
import { checkOptions, READING } from './options.js';
import { OrtSession } from './ort.js';
import { loadTokenizer } from './tokenizer.js';

interface Row {
  id: string;
  text: string;
  title?: string;
  format?: 'markdown' | 'plain';
}

async function main(folder: string, length: SuggestionLength): Promise<void> {
  const bundle = await loadBundle(folder);
  const session = await OrtSession.load(bundle, { threads: 1, providers: ['cpu'] }, new Latch());
  const tokenizer = await loadTokenizer(bundle.tokenizer);
  const { tokens: special, limits, calibration } = bundle.manifest;
  const reader = {
    session,
    tokenizer,
    special,
    sourceTokens: limits.sourceTokens,
    gate: bundle.gate,
  };
  const answering = bundleAnswering(bundle.manifest, bundle.gate);
  const asked = checkOptions({ type: 'tldr', length, explain: true }, answering.types);
  for await (const line of createInterface({ input: process.stdin })) {
    const { id, text, title, format } = JSON.parse(line) as Row;
    const document = (format === 'plain' ? readPlain : readMarkdown)(text, { title });
    const { job, prose } = jobOf(document, renderText(document), asked, answering, READING);
    if (job.kind !== 'write') continue;
    const draft = await writeDraft(reader, job);
    const options = { ...asked, minConfidence: 0, calibration, gate: bundle.gate, prose };
    const candidates = draft.candidates.map((candidate) => {
      const { text, reason, features } = judge(candidate, draft, options);
      const { mode, seam, kept } = candidate;
      return { text, mode, seam, kept, reason, features };
    });
    process.stdout.write(`${JSON.stringify({ id, candidates })}\n`);
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
