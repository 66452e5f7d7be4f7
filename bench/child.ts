/** One measurement in a process of its own; says what it found as JSON. Started by `processes.ts`. */
import { existsSync, readFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { readPlain } from '../documents/index.js';
import type { LoadOptions, Summarizer } from '../model/index.js';
import { type Context, prose } from './context.js';

const [task, json] = process.argv.slice(2) as [string, string];
const context = JSON.parse(json) as Context & { words: number; workers: number };
const { bundle, words, workers, quick } = context;

/** Every document a different one, so that nothing can be remembered. */
const documents = (count: number, length: number) => {
  const text = prose(length);
  return Array.from({ length: count }, (_, n) => ({ document: readPlain(`Part ${n}. ${text}`) }));
};

async function load(options: LoadOptions): Promise<Summarizer> {
  const { Summarizer } = await import('../model/index.js');
  return Summarizer.load(bundle, { threads: 1, ...options });
}

async function drain(precis: Summarizer, count: number, length: number): Promise<number> {
  const started = performance.now();
  for await (const outcome of precis.suggestMany(documents(count, length))) {
    if ('error' in outcome) throw outcome.error;
  }
  return performance.now() - started;
}

const tasks: Record<string, () => Promise<object>> = {
  async idle() {
    return {};
  },
  async first() {
    const precis = await load({});
    await precis.suggest(readPlain(prose(300)));
    return {};
  },
  async distilbart() {
    const { generate, loadRival } = await import('./rivals.js');
    await generate(await loadRival(context, 'distilbart-cnn-6-6'));
    return {};
  },
  async growth() {
    const precis = await load({ longDocuments: 'all' });
    const document = readPlain(prose(words), { limit: 4_000_000 });
    await precis.suggest(readPlain(prose(600)));
    const started = performance.now();
    const { input } = await precis.suggest(document);
    return { ms: performance.now() - started, input };
  },
  async throughput() {
    const precis = await load({ workers });
    await drain(precis, workers, 400);
    const count = quick ? 6 : 40;
    return { perSecond: (1000 * count) / (await drain(precis, count, 400)) };
  },
  async delay() {
    const precis = await load({ workers: 2 });
    await drain(precis, 2, 400);
    const histogram = monitorEventLoopDelay({ resolution: 1 });
    histogram.enable();
    await drain(precis, quick ? 6 : 60, 400);
    histogram.disable();
    return { p99: histogram.percentile(99) / 1e6, max: histogram.max / 1e6 };
  },
};

const found = await (tasks[task] as () => Promise<object>)();
const maxRss = peak();
process.stdout.write(`${JSON.stringify({ ...found, maxRss })}\n`, () => process.exit(0));

/** MiB this program held at most. `maxRSS` counts what the parent held when it made this process. */
function peak(): number {
  const status = '/proc/self/status';
  const kibibytes = existsSync(status) && /VmHWM:\s*(\d+)/.exec(readFileSync(status, 'utf8'))?.[1];
  return (kibibytes ? Number(kibibytes) : process.resourceUsage().maxRSS) / 1024;
}
