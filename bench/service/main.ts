/**
 * The figures of the service: `npm run bench:service [-- --bundle folder] [--minutes 30]`. Replaces
 * its own rows in `docs/results/bench.json`; with `--quick` it only prints.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { readPlain } from '../../documents/index.js';
import { defaultBundle, Summarizer } from '../../model/index.js';
import { root } from '../context.js';
import { type Figure, table } from '../figure.js';
import { bodyOf, freshText, startService } from './instance.js';
import { load, quantile } from './load.js';

const { values } = parseArgs({
  options: {
    bundle: { type: 'string', default: defaultBundle },
    minutes: { type: 'string', default: '30' },
    quick: { type: 'boolean', default: false },
  },
});
const { bundle, quick } = values;
const seconds = quick ? 2 : 60;
const minutes = quick ? 0.03 : Number(values.minutes);
const rounds = quick ? 5 : 60;

const figures: Figure[] = [];
const row = (name: string, value: number, goal: string) => {
  const limit = Number.parseFloat(goal.slice(1));
  const met = goal.startsWith('≥') ? value >= limit : value <= limit;
  figures.push({
    name,
    value: Number(value.toPrecision(3)),
    goal,
    met,
    command: 'npm run bench:service',
  });
  process.stderr.write(`${name}: ${value.toPrecision(3)} (${goal})\n`);
};
const timed = async (work: () => Promise<unknown>) => {
  const began = performance.now();
  await work();
  return performance.now() - began;
};

const service = await startService(bundle);
const post = async (text: string) => {
  const response = await fetch(`${service.url}/v1/summaries`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: bodyOf(text),
  });
  await response.arrayBuffer();
};

try {
  // In turns, so that what slows the machine slows both.
  const bare = await Summarizer.load(bundle);
  const [direct, http, hits]: number[][] = [[], [], []];
  for (let i = -2; i < rounds; i++) {
    const text = freshText();
    const a = await timed(() => bare.suggest(readPlain(text)));
    const b = await timed(() => post(text));
    const c = await timed(() => post(text));
    if (i < 0) continue;
    direct?.push(a);
    http?.push(b);
    hits?.push(c);
  }
  await bare.close();
  const miss = quantile(http ?? [], 0.5);
  row('HTTP and queue over a bare suggest, share', miss / quantile(direct ?? [], 0.5) - 1, '≤0.05');
  row('cache hit latency / miss', quantile(hits ?? [], 0.5) / miss, '≤0.02');

  const full = (await load(service.url, { seconds, connections: 4 })).perSecond(200);
  const busy = await load(service.url, { seconds, connections: 32, rate: 0.8 * full });
  const latencies = busy.byStatus.get(200) ?? [];
  row(
    'p99 / p50 at 80 % of saturation',
    quantile(latencies, 0.99) / quantile(latencies, 0.5),
    '≤3',
  );

  const over = await load(service.url, { seconds, connections: 256, rate: 4 * full });
  const refused = over.byStatus.get(429) ?? [];
  row('429 at four times saturation, p99 milliseconds', quantile(refused, 0.99), '≤50');
  row('goodput at four times saturation / saturation', over.perSecond(200) / full, '≥0.9');

  await load(service.url, { seconds: 60 * Math.min(1, minutes), connections: 8 });
  const early = await service.resident();
  await load(service.url, { seconds: 60 * Math.max(0.1, minutes - 1), connections: 8 });
  row(
    `resident memory after ${minutes} minutes / 1 minute`,
    (await service.resident()) / early,
    '≤1.1',
  );
} finally {
  await service.stop();
}

if (!quick) {
  const file = `${root}docs/results/bench.json`;
  const earlier: Figure[] = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : [];
  const others = earlier.filter(({ command }) => command !== 'npm run bench:service');
  mkdirSync(`${root}docs/results`, { recursive: true });
  writeFileSync(file, `${JSON.stringify([...others, ...figures], null, 2)}\n`);
}
process.stdout.write(table(figures, 'The started service.'));
