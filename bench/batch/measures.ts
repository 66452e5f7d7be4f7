import { existsSync, readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import type { Figure } from '../figure.js';
import { tiny, whole } from './documents.js';
import { alone, batch, folder, type Took } from './process.js';

interface Setting {
  bundle: string;
  /** Few documents: to see that everything works, not to report. */
  quick: boolean;
  rounds: number;
}

export type Row = Pick<Figure, 'name' | 'value' | 'goal'>;
export type Measure = (setting: Setting) => Promise<Row[]>;

const input = join(folder, 'in.ndjson');
let outputs = 0;
const output = () => join(folder, `out-${++outputs}.ndjson`);

function least(took: (Took | undefined)[], what: keyof Took): number {
  return Math.min(...took.map((one) => one?.[what] ?? Number.POSITIVE_INFINITY));
}

function say(name: string, took: Took | undefined): Took | undefined {
  process.stderr.write(`${name}: ${JSON.stringify(took)}\n`);
  return took;
}

/** The command against the Summarizer alone, in turns; both from start to end, loading included. */
export const throughput: Measure = async ({ bundle, quick, rounds }) => {
  await whole(input, quick ? 6 : 80);
  const workers = availableParallelism();
  const [bare, command]: (Took | undefined)[][] = [[], []];
  for (let round = 0; round < rounds; round++) {
    bare?.push(say('alone', await alone(bundle, input, workers)));
    command?.push(say('batch', await batch(bundle, input, output())));
  }
  const ratio = (what: keyof Took) => least(bare ?? [], what) / least(command ?? [], what);
  return [
    { name: 'batch / bare Summarizer, documents a second', value: ratio('seconds'), goal: '≥0.95' },
    {
      name: 'batch / bare Summarizer, documents a second of processor time',
      value: ratio('cpu'),
      goal: '≥0.95',
    },
  ];
};

/** The whole command on all cores (two here) and pinned to one. */
export const scaling: Measure = async ({ bundle, quick, rounds }) => {
  await whole(input, quick ? 6 : 80);
  const [one, all]: (Took | undefined)[][] = [[], []];
  for (let round = 0; round < rounds; round++) {
    one?.push(say('one core', await batch(bundle, input, output(), { oneCore: true })));
    all?.push(say('all cores', await batch(bundle, input, output())));
  }
  const value = least(one ?? [], 'seconds') / least(all ?? [], 'seconds');
  return [{ name: `batch on ${availableParallelism()} cores / 1 core`, value, goal: '≥1.7' }];
};

/** Milliseconds over which the moments of the kills are spread: several documents long. */
const MOMENTS = 1500;

/** Kills a run again and again, and counts the documents that were begun more than once. */
export const resume: Measure = async ({ bundle, quick, rounds }) => {
  const count = quick ? 12 : 60;
  const kills = quick ? 2 : 5 * rounds;
  await whole(input, count);
  const starts = join(folder, 'starts');
  const out = output();
  const begun = () =>
    existsSync(starts) ? new Set(readFileSync(starts, 'utf8').trimEnd().split('\n')) : new Set();
  for (let kill = 1; kill <= kills; kill++) {
    const enough = Math.floor((kill * count) / (kills + 1));
    // Right after a document was begun the one before it is not on disk yet: any moment counts alike.
    const delay = ((kill * 0.618) % 1) * MOMENTS;
    let due = Number.POSITIVE_INFINITY;
    const killWhen = () => {
      if (due === Number.POSITIVE_INFINITY && begun().size >= enough)
        due = performance.now() + delay;
      return performance.now() >= due;
    };
    await batch(bundle, input, out, { starts, killWhen });
  }
  await batch(bundle, input, out, { starts });
  // A line names the process and the document: the same document in two processes was repeated.
  const runs = [...begun()] as string[];
  const repeated = runs.length - new Set(runs.map((line) => line.split(' ')[1])).size;
  const lines = readFileSync(out, 'utf8').trimEnd().split('\n').length;
  if (lines !== count) throw new Error(`${lines} answers to ${count} documents`);
  process.stderr.write(`${kills} kills, ${repeated} documents repeated\n`);
  const value = repeated / kills / availableParallelism();
  return [{ name: 'documents repeated a kill and worker', value, goal: '≤1' }];
};

/** Peak memory over a hundred times the documents; most are withheld at once, as too short. */
export const memory: Measure = async ({ bundle, quick }) => {
  const peaks: number[] = [];
  for (const count of quick ? [200, 2000] : [1000, 100_000]) {
    await tiny(input, count);
    const took = say(`${count} documents`, await batch(bundle, input, output()));
    peaks.push(took?.memory ?? Number.NaN);
  }
  const [few = 0, many = 0] = peaks;
  return [
    { name: 'peak memory of batch, 100,000 documents / 1,000', value: many / few, goal: '≤1.1' },
  ];
};
