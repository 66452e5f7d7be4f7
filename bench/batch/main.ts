/**
 * The figures of `precis batch`: `npm run bench:batch [-- --only NAME] [--quick] [--bundle folder]
 * [--rounds 3]`. Replaces its own rows in `docs/results/bench.json`; with `--quick` it only prints.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { defaultBundle } from '../../model/index.js';
import { root } from '../context.js';
import { type Figure, table } from '../figure.js';
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
  for (const { goal, ...row } of await measure({ bundle, quick, rounds })) {
    const limit = Number.parseFloat(goal.slice(1));
    const met = goal.startsWith('≥') ? row.value >= limit : row.value <= limit;
    const value = Number(row.value.toPrecision(3));
    figures.push({ ...row, value, goal, met, command: `npm run bench:batch -- --only ${name}` });
  }
}

if (!quick) {
  const file = `${root}docs/results/bench.json`;
  const earlier: Figure[] = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : [];
  const mine = new Set(figures.map(({ command }) => command));
  const others = earlier.filter(({ command }) => !mine.has(command));
  mkdirSync(`${root}docs/results`, { recursive: true });
  writeFileSync(file, `${JSON.stringify([...others, ...figures], null, 2)}\n`);
}
const where = `${cpus()[0]?.model}, ${availableParallelism()} cores, Node ${process.version}; whole processes, the best of ${rounds} rounds.`;
process.stdout.write(table(figures, where));
