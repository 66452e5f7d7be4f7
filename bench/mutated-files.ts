/**
 * Mutated files of each format against the promise of `readDocument`: a document or a reason, in
 * time. `bench/mutated-files.sh [--count 10000] [--formats docx,pdf] [--out FILE] [--fresh]` goes on
 * where an earlier run stopped and writes after each part what became of the files so far.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { fuzz, type Outcomes, type Sample, samples } from '../test/documents/fuzz.js';
import { root } from './context.js';
import { watchMemory } from './memory.js';

interface Format extends Outcomes {
  files: number;
  /** MiB that this process and a parsing process held at most. */
  memory: { reader: number; parser: number };
}

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '10000' },
    formats: { type: 'string', default: Object.keys(samples).join() },
    out: { type: 'string', default: `${root}docs/results/mutated-files.json` },
    fresh: { type: 'boolean', default: false },
  },
});
const count = Number(values.count);
/** Files of one format before the next has its turn, so that a run cut short tells of all. */
const PART = 250;
/** Far above the product's 15 s: beside other work a file waits longer for a core than it takes. */
const LIMITS = { milliseconds: 60_000, memoryBytes: 768 * 1024 * 1024 };

const earlier = !values.fresh && existsSync(values.out);
const formats: Record<string, Format> = earlier
  ? JSON.parse(readFileSync(values.out, 'utf8')).formats
  : {};
const memory = watchMemory();
const wanted = values.formats.split(',') as Sample[];
for (let done = 0; done < count; done += PART) {
  for (const sample of wanted) {
    const so = formats[sample] ?? empty();
    if (so.files > done) continue;
    const part = Math.min(PART, count - so.files);
    const options = { folder: `${root}test/fixtures/files`, limits: LIMITS };
    const outcomes = await fuzz(sample, part, { ...options, firstSeed: so.files + 1 });
    formats[sample] = add(so, part, outcomes);
    write();
  }
}
memory.stop();
const broken = Object.values(formats).flatMap(({ faults }) => faults);
for (const fault of broken) process.stderr.write(`${fault}\n`);
process.exit(broken.length > 0 ? 1 : 0);

function empty(): Format {
  return {
    files: 0,
    read: 0,
    refused: {},
    slowest: 0,
    slow: [],
    memory: { reader: 0, parser: 0 },
    faults: [],
  };
}

function add(so: Format, files: number, more: Outcomes): Format {
  const refused = { ...so.refused };
  for (const [code, n] of Object.entries(more.refused)) refused[code] = (refused[code] ?? 0) + n;
  const { own, child } = memory.take();
  return {
    files: so.files + files,
    read: so.read + more.read,
    refused,
    slowest: Math.round(Math.max(so.slowest, more.slowest)),
    memory: {
      reader: Math.max(so.memory.reader, own),
      parser: Math.max(so.memory.parser, child),
    },
    slow: [...so.slow, ...more.slow],
    faults: [...so.faults, ...more.faults],
  };
}

function write(): void {
  const command = 'bench/mutated-files.sh';
  const limits = { seconds: LIMITS.milliseconds / 1000, memoryMiB: LIMITS.memoryBytes / 2 ** 20 };
  const all = { command, date: new Date().toISOString().slice(0, 10), limits, formats };
  writeFileSync(values.out, `${JSON.stringify(all, null, 2)}\n`);
  const total = Object.values(formats).reduce((sum, { files }) => sum + files, 0);
  process.stderr.write(`${total} files\n`);
}
