/**
 * The figures of `precis batch`: `npm run bench:batch [-- --only NAME] [--quick] [--bundle folder]
 * [--rounds 3]`. Replaces its own rows in `docs/results/bench.json`; with `--quick` it only prints.
 */
import { availableParallelism, cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { defaultBundle } from '../../model/index.js';
import { root } from '../context.js';
import { type Figure, judged, replaceIn, table } from '../figure.js';
import { type Measure, memory, resume, scaling, throughput } from './measures.js';

const MEASURES: Record<string, Measure> = { throughput, scaling, resume, memory };

const { values } = parseArgs({
  options: {
    bundle: { type: 'string', default: defaultBundle },
    only: { type: 'string' },
    rounds: { type: 'string' },
    quick: { type: 'boolean', default: false },
  },
});
const { bundle, only, quick } = values;
const rounds = Number(values.rounds ?? (quick ? 1 : 3));
const figures: Figure[] = [];
for (const [name, measure] of Object.entries(MEASURES)) {
  if (only !== undefined && only !== name) continue;
  for (const row of await measure({ bundle, quick, rounds })) {
    figures.push(judged(row, `npm run bench:batch -- --only ${name}`));
  }
}

if (!quick) replaceIn(`${root}docs/results/bench.json`, figures);
const where = `${cpus()[0]?.model}, ${availableParallelism()} cores, Node ${process.version}; whole processes, the best of ${rounds} rounds.`;
process.stdout.write(table(figures, where));
