import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type Context, ensureGraphs } from './context.js';
import { type Figure, figure } from './figure.js';

const entry = fileURLToPath(new URL('child.js', import.meta.url));

interface Answer {
  /** MiB the process held at most. */
  maxRss: number;
  ms: number;
  perSecond: number;
  p99: number;
  max: number;
}

/** Runs one task of `child.ts`. */
async function child(context: Context, task: string, more: object = {}): Promise<Answer> {
  const json = JSON.stringify({ ...context, ...more });
  const { stdout } = await promisify(execFile)(process.execPath, [entry, task, json]);
  const answer = JSON.parse(stdout.trim().split('\n').at(-1) as string) as Answer;
  process.stderr.write(`${task} ${JSON.stringify(more)}: ${JSON.stringify(answer)}\n`);
  return answer;
}

export async function memory(context: Context): Promise<Figure[]> {
  ensureGraphs(context);
  const idle = await child(context, 'idle');
  const student = await child(context, 'first');
  const rival = await child(context, 'distilbart');
  const value = (student.maxRss - idle.maxRss) / (rival.maxRss - idle.maxRss);
  const name = 'peak memory over idle Node / distilbart-cnn-6-6 shape';
  return [figure(name, value, '≤0.167', 'memory')];
}

export async function coldStart(context: Context): Promise<Figure[]> {
  let best = Number.POSITIVE_INFINITY;
  for (let run = 0; run < Math.min(5, context.runs); run++) {
    const started = performance.now();
    await child(context, 'first');
    best = Math.min(best, (performance.now() - started) / 1000);
  }
  return [
    figure('cold start: process start to first suggestion and exit, s', best, '≤1.5', 'cold-start'),
  ];
}

export async function growth(context: Context): Promise<Figure[]> {
  const [few, many] = context.quick ? [2000, 20_000] : [2000, 200_000];
  const small = await child(context, 'growth', { words: few });
  const large = await child(context, 'growth', { words: many });
  // A quick run grows ten times: its time is scaled to the hundred of the goal.
  const scale = 100 / (many / few);
  return [
    figure('2k to 200k words, all windows: time', (scale * large.ms) / small.ms, '≤110', 'growth'),
    figure(
      '2k to 200k words, all windows: peak memory',
      large.maxRss / small.maxRss,
      '≤2',
      'growth',
    ),
  ];
}

export async function throughput(context: Context): Promise<Figure[]> {
  const one = await child(context, 'throughput', { workers: 1 });
  const two = await child(context, 'throughput', { workers: 2 });
  return [
    figure(
      'documents a second, 2 workers / 1',
      two.perSecond / one.perSecond,
      '≥1.7',
      'throughput',
    ),
  ];
}

export async function delay(context: Context): Promise<Figure[]> {
  const { p99 } = await child(context, 'delay');
  return [
    figure('event-loop delay of the main thread under full load, p99, ms', p99, '≤20', 'delay'),
  ];
}
