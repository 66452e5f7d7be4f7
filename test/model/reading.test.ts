import { describe, expect, it } from 'vitest';
import { keyPoints, type LongDocuments, type Reader, read } from '../../model/core/index.js';
import { special, WordTokenizer } from './fake.js';

/** A session whose memory is the ids themselves and whose vectors count the words a text holds. */
function recording(tokenizer: WordTokenizer, limit: number) {
  const encoded: number[][] = [];
  let pooledAtOnce = 0;
  const reader: Reader<number[]> = {
    tokenizer,
    special,
    sourceTokens: limit,
    session: {
      stateSize: 1,
      topK: 1,
      encode: async (ids) => {
        expect(ids.length).toBeLessThanOrEqual(limit);
        encoded.push([...ids]);
        return [...ids];
      },
      state: (ids) => Float32Array.from(ids),
      pool: async (texts) => {
        pooledAtOnce = Math.max(
          pooledAtOnce,
          texts.length * Math.max(...texts.map((t) => t.length)),
        );
        return texts.map((ids) => {
          const vector = new Float32Array(64);
          for (const id of ids) if (id >= 16 && id < 64) vector[id] = (vector[id] as number) + 1;
          return vector;
        });
      },
      join: (memories) => memories.flat(),
      step: () => Promise.reject(new Error('nothing is written here')),
    },
  };
  return { reader, encoded, most: () => pooledAtOnce };
}

const filler = (n: number) => `Filler ${n} says nothing of ${n * 7} and ${n * 13}.`;
const point = 'The relay deletes old logs.';
/** The point stands three times, far behind the beginning. */
const lines = Array.from({ length: 60 }, (_, n) => (n > 30 && n % 9 === 0 ? point : filler(n)));
const prose = { title: 'Relay', lines };

const reading = async (longDocuments: LongDocuments, windows = 3, text = prose, limit = 64) => {
  const tokenizer = new WordTokenizer();
  const { reader, encoded, most } = recording(tokenizer, limit);
  const result = await read(reader, text, { longDocuments, windows });
  return { ...result, encoded, most: most(), text: tokenizer.decode(result.memory) };
};

describe('read', () => {
  it.each<LongDocuments>(['first', 'central', 'all', 'sentences'])(
    '%s reads a document that fits as a whole, title in front',
    async (how) => {
      const short = { title: 'Relay', lines: lines.slice(0, 3) };
      const { encoded, truncated, tokens } = await reading(how, 3, short);
      expect(encoded).toHaveLength(1);
      expect(encoded[0]?.slice(0, 3)).toEqual([special.bos, 16, special.title]);
      expect({ truncated, tokens }).toEqual({ truncated: false, tokens: encoded[0]?.length });
    },
  );

  it('first reads the beginning and says so', async () => {
    const { encoded, truncated, tokens } = await reading('first');
    expect({ windows: encoded.length, truncated, tokens }).toEqual({
      windows: 1,
      truncated: true,
      tokens: 64,
    });
  });

  it('all keeps every window when there is room, the whole document in order', async () => {
    const { encoded, text, truncated, positions, memory } = await reading('all', 64);
    expect(truncated).toBe(false);
    expect(encoded.length).toBeGreaterThan(5);
    for (const line of lines) expect(text).toContain(line);
    expect(positions.line.length).toBe(memory.length);
    const seen = [...positions.line].filter((line) => line >= 0);
    expect(Math.max(...seen)).toBe(lines.length - 1);
  });

  it('all and central drop windows, never the first one', async () => {
    for (const [how, windows] of [
      ['all', 3],
      ['central', 2],
    ] as const) {
      const { encoded, tokens, truncated } = await reading(how, windows);
      expect(encoded).toHaveLength(windows);
      expect(encoded[0]?.[2]).toBe(special.title);
      expect(truncated).toBe(false);
      expect(tokens).toBeGreaterThan(lines.length * 8);
    }
  });

  it('sentences fills one window with the beginning and what is central', async () => {
    const { encoded, text, positions, memory, most } = await reading('sentences');
    expect(encoded).toHaveLength(1);
    expect(text).toContain(filler(0));
    expect(text).toContain(point);
    expect(positions.line.length).toBe(memory.length);
    const seen = [...positions.line].filter((line) => line >= 0);
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect(most).toBeLessThanOrEqual(512);
  });

  it('stops when aborted', async () => {
    const { reader } = recording(new WordTokenizer(), 64);
    const options = { longDocuments: 'all', windows: 9 } as const;
    const aborted = read(reader, prose, options, AbortSignal.abort(new Error('enough')));
    await expect(aborted).rejects.toThrow('enough');
  });

  it('reads a megabyte of one word in windows', async () => {
    const endless = { title: 'Relay', lines: ['a'.repeat(1_000_000)] };
    for (const how of ['central', 'all', 'sentences'] as const) {
      expect((await reading(how, 3, endless, 128)).encoded.length).toBeGreaterThan(0);
    }
  });
});

describe('keyPoints', () => {
  const points = async (text: string[], most: number) => {
    const { reader } = recording(new WordTokenizer(), 64);
    return (await keyPoints(reader, { lines: text }, most)).points;
  };

  it('quotes the document’s central sentences in its order, each once', async () => {
    const about = [
      'Weather was fine all over Kent.',
      'The relay deletes old logs.',
      'Every night the relay deletes logs.',
      'The relay deletes old logs.',
      'Bread needs flour, water, salt.',
      'Old logs of the relay leave.',
    ];
    const found = await points(about, 3);
    expect(found.map(({ text }) => text)).toContain(point);
    expect(new Set(found.map(({ text }) => text)).size).toBe(3);
    for (const { line, start, end, text } of found) {
      expect(about[line]?.slice(start, end)).toBe(text);
    }
    const order = found.map(({ line }) => line);
    expect(order).toEqual([...order].sort((a, b) => a - b));
  });

  it('leaves out what cannot stand alone', async () => {
    const weak = [
      'Rotating the logs of the relay',
      'It deletes them after a month, too.',
      'See the table below for the details.',
      'What happens to logs of an incident?',
      'However, nobody has to do it by hand.',
      'Short one.',
    ];
    expect(await points(weak, 5)).toEqual([]);
    const good = '- The relay deletes logs after 30 days.';
    expect((await points([...weak, good], 5)).map(({ text }) => text)).toEqual([good.slice(2)]);
  });
});
