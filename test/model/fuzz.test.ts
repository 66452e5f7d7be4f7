import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { broken } from '../../bench/promises.js';
import { randomDocument } from '../../bench/random.js';
import { readMarkdown, readPlain } from '../../documents/index.js';
import { type LongDocuments, Summarizer } from '../../model/index.js';
import { tinyBundle } from './tiny.js';

const loaded = new Map<LongDocuments, Summarizer>();
beforeAll(async () => {
  for (const longDocuments of ['first', 'all', 'sentences'] as const) {
    loaded.set(longDocuments, await Summarizer.load(tinyBundle, { threads: 1, longDocuments }));
  }
});
afterAll(() => Promise.all([...loaded.values()].map((precis) => precis.close())));

// 10,000 of them: `node dist/bench/fuzz.js`.
describe('random documents', () => {
  it.each([
    ['tldr', 'first', 0],
    ['headline', 'first', 100],
    ['key-points', 'first', 200],
    ['tldr', 'all', 300],
    ['tldr', 'sentences', 400],
  ] as const)('%s, reading %s, from seed %i: no promise is broken', async (type, how, from) => {
    const precis = loaded.get(how) as Summarizer;
    for (let seed = from; seed < from + 100; seed++) {
      const { text, title, markdown } = randomDocument(seed);
      const document = markdown
        ? readMarkdown(text, { title })
        : readPlain(text, { title, limit: text.length });
      const result = await precis.suggest(document, { type, minConfidence: 0 });
      expect({ seed, broken: broken(result, document.source) }).toEqual({ seed, broken: [] });
    }
  });
});
