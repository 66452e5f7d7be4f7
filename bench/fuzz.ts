/**
 * Random documents against the promises of every answer: `node dist/bench/fuzz.js [--count 10000]
 * [--from 0] [--bundle folder] [--workers 2] [--patience 120] [--out file.json]`. Exits with 1 and the
 * seed at the first broken promise; seconds of `--patience` without an answer count as hanging.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { readMarkdown, readPlain } from '../documents/index.js';
import { defaultBundle, Summarizer } from '../model/index.js';
import { broken } from './promises.js';
import { randomDocument } from './random.js';

const { values } = parseArgs({
  options: {
    bundle: { type: 'string', default: defaultBundle },
    count: { type: 'string', default: '10000' },
    from: { type: 'string', default: '0' },
    workers: { type: 'string', default: '2' },
    'long-documents': { type: 'string', default: 'first' },
    patience: { type: 'string', default: '120' },
    out: { type: 'string' },
  },
});
const TYPES = ['tldr', 'headline', 'key-points'] as const;

const precis = await Summarizer.load(values.bundle, {
  workers: Number(values.workers),
  threads: 1,
  longDocuments: values['long-documents'] as 'first',
});

function* documents() {
  const from = Number(values.from);
  for (let seed = from; seed < from + Number(values.count); seed++) {
    const { text, title, markdown } = randomDocument(seed);
    const document = markdown
      ? readMarkdown(text, { title })
      : readPlain(text, { title, limit: text.length });
    const options = { type: TYPES[seed % 3] as 'tldr', minConfidence: 0 };
    yield { seed, document, options };
  }
}

let done = 0;
let shown = 0;
const started = performance.now();
const reasons: Record<string, number> = {};
const watch = () => setTimeout(() => fail(done, 'hangs'), 1000 * Number(values.patience));
let timer = watch();
for await (const outcome of precis.suggestMany(documents())) {
  clearTimeout(timer);
  timer = watch();
  const { seed, document } = outcome.item;
  if ('error' in outcome) fail(seed, String(outcome.error));
  else {
    const problems = broken(outcome.result, document.source);
    if (problems.length > 0) fail(seed, problems.join(', '));
    const { suggestion, reason } = outcome.result;
    if (suggestion) shown++;
    else reasons[reason as string] = (reasons[reason as string] ?? 0) + 1;
  }
  if (++done % 1000 === 0) process.stderr.write(`${done} documents, ${shown} suggestions\n`);
}
clearTimeout(timer);
await precis.close();
process.stdout.write(`${done} documents, ${shown} suggestions, nothing broken\n`);
if (values.out) {
  const { from, workers } = values;
  const found = {
    documents: done,
    from: Number(from),
    suggestions: shown,
    reasons,
    broken: 0,
    minutes: Math.round((performance.now() - started) / 6000) / 10,
    command: `node dist/bench/fuzz.js --count ${done} --from ${from} --workers ${workers} --long-documents ${values['long-documents']} --bundle ${values.bundle}`,
  };
  writeFileSync(values.out, `${JSON.stringify(found, null, 2)}\n`);
}

function fail(seed: number, problem: string): never {
  process.stderr.write(`document ${seed}: ${problem}\n`);
  process.exit(1);
}
