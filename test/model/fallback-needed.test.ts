import { expect, it } from 'vitest';
import { type Session, writeDraft } from '../../model/core/index.js';
import { special, WordTokenizer } from './fake.js';

const SENTENCE = 'Relay logs are deleted after thirty days.';
const calibration = { kind: 'mean-log-probability', threshold: -0.6, a: 4, b: 3 } as const;

/** A decoder that copies the document's first words, as sure of each as its start id says. */
function copier(sure: Record<number, number>, started: number[]): Session<readonly number[]> {
  let mode = 0;
  return {
    stateSize: 1,
    topK: 1,
    encode: async (ids) => ids,
    state: () => new Float32Array(1),
    pool: async () => [],
    join: (memories) => memories.flat(),
    async step(ids, { recent, state }) {
      const newest = Number(recent[0]);
      const at = newest in sure ? 1 : (state[0] as number);
      if (newest in sure) started.push(newest);
      if (newest in sure) mode = newest;
      return {
        logProbs: Float32Array.of(sure[mode] as number),
        tokens: BigInt64Array.of(BigInt(ids[at] as number)),
        copy: new Float32Array(ids.length).fill(1 / ids.length),
        gate: Float32Array.of(1),
        entropy: Float32Array.of(0),
        nextState: Float32Array.of(at + 1),
      };
    },
  };
}

async function modesWritten(sure: Record<number, number>, minConfidence?: number) {
  const started: number[] = [];
  const session = copier(sure, started);
  const draft = await writeDraft(
    { session, tokenizer: new WordTokenizer(), special, sourceTokens: 64 },
    {
      prose: { lines: [SENTENCE] },
      reading: { longDocuments: 'first', windows: 1 },
      mode: special.medium,
      fallback: {
        mode: special.short,
        unless: { type: 'tldr', length: 'medium', minConfidence, calibration },
      },
      decoding: { beam: 1, lengthPenalty: 1, noRepeatNgram: 0, minTokens: 1, maxTokens: 20 },
    },
  );
  expect(draft.candidates.every(({ text }) => text === SENTENCE)).toBe(true);
  return started;
}

it('writes no simpler text beside one that may be shown', async () => {
  expect(await modesWritten({ [special.medium]: -0.1, [special.short]: -0.1 })).toEqual([
    special.medium,
  ]);
});

it('writes it when the model is unsure, or surer than the model is was asked for', async () => {
  const both = [special.medium, special.short];
  expect(await modesWritten({ [special.medium]: -2, [special.short]: -0.1 })).toEqual(both);
  expect(await modesWritten({ [special.medium]: -0.1, [special.short]: -0.1 }, 0.99)).toEqual(both);
});
