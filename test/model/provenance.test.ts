import { describe, expect, it } from 'vitest';
import {
  copiedMass,
  type Hypothesis,
  sourcePositions,
  sourceSentences,
  sourceTokens,
} from '../../model/core/index.js';
import { special, WordTokenizer } from './fake.js';

const lines = ['One is here. Two is there.', '- Three comes last.'];
const tokenizer = new WordTokenizer();
const source = sourceTokens({ title: 'The title', lines }, tokenizer, special, 64);
const positions = sourcePositions(source, tokenizer);

/** A hypothesis that copies the given source positions, one a step. */
function copying(at: number[], gate: number[] = at.map(() => 0.9)): Hypothesis {
  const copy = at.map((s) => Float32Array.from(source.ids, (_, i) => (i === s ? 1 : 0)));
  const zeros = at.map(() => 0);
  const decoder = { logProbs: zeros, entropy: zeros, gate, copy };
  return { ids: zeros, ...decoder, seams: 0, score: 0, ended: true };
}

const found = (hypothesis: Hypothesis) =>
  sourceSentences(copiedMass(hypothesis), positions, lines).map(({ line, start, end }) =>
    (lines[line] as string).slice(start, end),
  );

/** Position of a word of the document's body. */
const at = (word: string) => source.ids.indexOf(tokenizer.encode(word)[0] as number, 4);

describe('provenance', () => {
  it('knows the character of every source position', () => {
    const text = source.ids.map((_, s) => {
      const line = lines[positions.line[s] as number];
      return line === undefined ? null : line[positions.at[s] as number];
    });
    const first = ['e', 's', '.', 'o', 's', '.'];
    const second = ['-', 'e', 's', '.'];
    expect(text).toEqual([null, null, null, null, ...first, null, ...second, null]);
  });

  it('names the sentence that was copied', () => {
    expect(found(copying([at('One'), at('here.')]))).toEqual(['One is here.']);
    expect(found(copying([at('Two'), at('there.')]))).toEqual(['Two is there.']);
  });

  it('names several in document order', () => {
    expect(found(copying([at('last.'), at('Three'), at('One'), at('here.')]))).toEqual([
      'One is here.',
      '- Three comes last.',
    ]);
  });

  it('counts attention only where the mixture copied', () => {
    const hypothesis = copying([at('One'), at('Three'), at('comes')], [0.9, 0.01, 0.01]);
    expect(found(hypothesis)).toEqual(['One is here.']);
  });

  it('still names a sentence when hardly anything was copied', () => {
    expect(found(copying([at('Three')], [0]))).toEqual(['- Three comes last.']);
  });

  it('names none when everything came from the title', () => {
    expect(found(copying([1, 2]))).toEqual([]);
  });
});
