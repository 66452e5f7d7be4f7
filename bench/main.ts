/**
 * The figures of the runtime: `npm run bench [-- --only NAME,NAME] [--quick] [--bundle folder] [--runs 7]`.
 * Writes each row into `docs/results/bench.json` and `bench.md` as soon as it is measured, in place of the
 * earlier one; with `--quick` it only prints.
 */
import { writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { defaultBundle } from '../model/index.js';
import { type Context, root } from './context.js';
import { commandOf, type Figure, replaceIn, table } from './figure.js';
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
const names = only?.split(',') ?? Object.keys(MEASUREMENTS);
const known = Object.keys(MEASUREMENTS).join(', ');
for (const name of names) {
  if (!Object.hasOwn(MEASUREMENTS, name))
    throw new Error(`--only ${name}: one of ${known}, please`);
}

const folder = `${root}docs/results/`;
const file = `${folder}bench.json`;
const [cpu] = cpus();
const where = `${cpu?.model}, ${cpus().length} cores, Node ${process.version}, ${process.platform}; one thread a worker; the fastest of ${context.runs} runs${quick ? '; quick, not to be reported' : ''}.`;
const measured: Figure[] = [];
for (const name of names) {
  const figures = (await MEASUREMENTS[name]?.(context)) ?? [];
  measured.push(...figures);
  if (quick) continue;
  const rows = replaceIn(file, figures, Object.keys(MEASUREMENTS).map(commandOf));
  writeFileSync(
    `${folder}bench.md`,
    table(
      rows.filter(({ command }) => isOwn(command)),
      where,
    ),
  );
}
process.stdout.write(table(measured, where));

/** Other benches (`bench:service`) keep their rows in the same file. */
function isOwn(command: string): boolean {
  return Object.keys(MEASUREMENTS).some((name) => command === commandOf(name));
}
