import { loadBundle } from '../model/bundle.js';
import { beamSearch } from '../model/core/index.js';
import { Latch } from '../model/latch.js';
import type { OrtMemory } from '../model/memory.js';
import { OrtSession } from '../model/ort.js';
import type { Context } from './context.js';
import { fastest } from './time.js';

/** Ids of the document and of the summary in every comparison. */
export const SOURCE = 512;
export const TARGET = 40;

/** Milliseconds of the student's parts on one thread. */
export interface Times {
  encode: number;
  greedy: number;
  beam: number;
}

let measured: Promise<Times> | undefined;

/** Times of the student; measured once a run. */
export function student(context: Context): Promise<Times> {
  measured ??= measure(context);
  return measured;
}

async function measure({ bundle, runs }: Context): Promise<Times> {
  const loaded = await loadBundle(bundle);
  const session = await OrtSession.load(loaded, { threads: 1, providers: ['cpu'] }, new Latch());
  const { manifest } = loaded;
  const { vocabulary } = manifest.architecture;
  const ids = randomIds(SOURCE, vocabulary);
  const memory = await session.encode(ids);
  const search = (beam: number) => () =>
    beamSearch<OrtMemory>(session, memory, {
      ...manifest.decoding,
      beam,
      mode: manifest.tokens.short,
      eos: manifest.tokens.eos,
      // Neither sooner nor later: all models write the same number of ids.
      minTokens: TARGET,
      maxTokens: TARGET,
    });
  const times = {
    encode: await fastest(runs, () => session.encode(ids)),
    greedy: await fastest(runs, search(1)),
    beam: await fastest(runs, search(4)),
  };
  await session.release();
  return times;
}

/** Ids of plain pieces; the same ones every time. */
export function randomIds(count: number, vocabulary: number): number[] {
  let state = 7;
  return Array.from({ length: count }, () => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    return 20 + (state % (vocabulary - 20));
  });
}
