/**
 * The figures of the service: `npm run bench:service [-- --only overhead|overload|resident]
 * [--minutes 30] [--seconds 60] [--bundle folder]`. Replaces their rows in `docs/results/bench.json`;
 * with `--quick` it only prints.
 */
import { availableParallelism, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { defaultBundle } from '../../model/index.js';
import { root } from '../context.js';
import { type Figure, replaceIn, table } from '../figure.js';
import { type Service, startService } from './instance.js';
import { overhead } from './overhead.js';
import { overload } from './overload.js';
import { resident } from './resident.js';
import { type Row, toFigure } from './rows.js';

const { values } = parseArgs({
  options: {
    bundle: { type: 'string', default: defaultBundle },
    only: { type: 'string' },
    minutes: { type: 'string', default: '30' },
    seconds: { type: 'string', default: '60' },
    quick: { type: 'boolean', default: false },
  },
});
const { bundle, only, quick } = values;
const seconds = quick ? 5 : Number(values.seconds);
const minutes = quick ? 0.1 : Number(values.minutes);
const rounds = quick ? 5 : 60;

const parts: Record<string, (service: Service) => Promise<Row[]>> = {
  overhead: (service) => overhead(service, { bundle, rounds }),
  overload: (service) => overload(service, { seconds }),
  resident: (service) => resident(service, { minutes }),
};
const wanted = Object.entries(parts).filter(([name]) => only === undefined || name === only);
if (wanted.length === 0) throw new Error(`--only is one of ${Object.keys(parts).join(', ')}`);

const figures: Figure[] = [];
for (const [name, measure] of wanted) {
  const idle = `load average before: ${loadavg()[0]?.toFixed(1)} on ${availableParallelism()} cores`;
  const service = await startService(bundle);
  try {
    for (const row of await measure(service)) {
      figures.push(toFigure(row, name, idle));
      process.stderr.write(`${row.name}: ${row.value.toPrecision(3)} (${row.goal}); ${row.note}\n`);
    }
  } finally {
    await service.stop();
  }
  if (!quick) replaceIn(`${root}docs/results/bench.json`, figures);
}
process.stdout.write(table(figures, 'The started service.'));
