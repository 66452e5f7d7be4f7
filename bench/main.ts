/**
 * The figures of the runtime: `npm run bench [-- --only NAME] [--quick] [--bundle folder] [--runs 7]`.
 * Writes `docs/results/bench.json` and `bench.md`; with `--only` or `--quick` it only prints.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { defaultBundle } from '../model/index.js';
import { type Context, root } from './context.js';
import { type Figure, table } from './figure.js';
import { gemm, parts, recurrence } from './parts.js';
import { coldStart, delay, growth, memory, throughput } from './processes.js';
import { distilbart, pegasus } from './rivals.js';

const MEASUREMENTS: Record<string, (context: Context) => Promise<Figure[]>> = {
  pegasus,
  distilbart,
  recurrence,
  parts,
  gemm,
  delay,
  memory,
  'cold-start': coldStart,
  growth,
  throughput,
};

const { values } = parseArgs({
  options: {
    bundle: { type: 'string', default: defaultBundle },
    graphs: { type: 'string', default: `${root}.work/bench` },
    runs: { type: 'string' },
    only: { type: 'string' },
    quick: { type: 'boolean', default: false },
  },
});
const { bundle, graphs, only, quick } = values;
const context = { bundle, graphs, quick, runs: Number(values.runs ?? (quick ? 1 : 7)) };
const wanted = Object.entries(MEASUREMENTS).filter(([name]) => only === undefined || name === only);
if (wanted.length === 0) {
  throw new Error(`--only ${only}: one of ${Object.keys(MEASUREMENTS).join(', ')}, please`);
}

const figures: Figure[] = [];
for (const [, measure] of wanted) figures.push(...(await measure(context)));
const [cpu] = cpus();
const where = `${cpu?.model}, ${cpus().length} cores, Node ${process.version}, ${process.platform}; one thread a worker; the fastest of ${context.runs} runs${quick ? '; quick, not to be reported' : ''}.`;
const rendered = table(figures, where);
if (only === undefined && !quick) {
  mkdirSync(`${root}docs/results`, { recursive: true });
  const file = `${root}docs/results/bench.json`;
  const earlier: Figure[] = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : [];
  // Other benches (`bench:service`) keep their rows in the same file.
  const others = earlier.filter(({ command }) => !command.startsWith('npm run bench -- '));
  writeFileSync(file, `${JSON.stringify([...figures, ...others], null, 2)}\n`);
  writeFileSync(`${root}docs/results/bench.md`, rendered);
}
process.stdout.write(rendered);
