import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadBundle } from '../../model/bundle.js';
import { type Mode, type Reader, sourceTokens, writeDraft } from '../../model/core/index.js';
import { Latch } from '../../model/latch.js';
import type { OrtMemory } from '../../model/memory.js';
import { OrtSession } from '../../model/ort.js';
import { defaultBundle } from '../../model/place.js';
import { loadTokenizer } from '../../model/tokenizer.js';

/** What `python -m distill golden` writes: see `docs/bundle.md`. */
interface Written {
  ids: number[];
  text: string;
  logProbs: number[];
}
interface Golden {
  title?: string | null;
  text: string;
  ids: number[];
  mode: Mode;
  greedy: Written;
  beam: Written;
}

const folder = new URL('../fixtures/golden/', import.meta.url);
const names = existsSync(folder) ? readdirSync(folder).filter((n) => n.endsWith('.json')) : [];
const ready = names.length > 0 && existsSync(defaultBundle);
const reading = { longDocuments: 'first', windows: 1 } as const;
/** Both sides run the same int8 graphs; kernels may differ from processor to processor. */
const TOLERANCE = 0.02;

describe.skipIf(!ready)('the Python reference', () => {
  let session: OrtSession;
  let reader: Reader<OrtMemory>;
  let manifest: Awaited<ReturnType<typeof loadBundle>>['manifest'];

  beforeAll(async () => {
    const bundle = await loadBundle(defaultBundle);
    manifest = bundle.manifest;
    session = await OrtSession.load(bundle, { threads: 1, providers: ['cpu'] }, new Latch());
    const tokenizer = await loadTokenizer(bundle.tokenizer);
    reader = {
      session,
      tokenizer,
      special: manifest.tokens,
      sourceTokens: manifest.limits.sourceTokens,
    };
  });
  afterAll(() => session?.release());

  const read = (name: string) => JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Golden;
  const prose = ({ title, text }: Golden) => ({
    title: title ?? undefined,
    lines: text.split('\n'),
  });

  it.each(names)('%s: the same ids', (name) => {
    const golden = read(name);
    const { tokenizer, special, sourceTokens: limit } = reader;
    expect(sourceTokens(prose(golden), tokenizer, special, limit).ids).toEqual(golden.ids);
  });

  it.each(names)('%s: the same suggestion', async (name) => {
    const golden = read(name);
    const maxTokens = manifest.limits.targetTokens;
    const plain = { beam: 1, lengthPenalty: 0, noRepeatNgram: 0, minTokens: 0, maxTokens };
    for (const [expected, decoding] of [
      [golden.greedy, plain],
      [golden.beam, { ...manifest.decoding, maxTokens }],
    ] as const) {
      const mode = manifest.tokens[golden.mode];
      const searches = [{ mode, seam: 0 }];
      const job = { prose: prose(golden), reading, searches, decoding };
      const [best] = (await writeDraft(reader, job)).candidates;
      expect(best?.ids).toEqual(expected.ids);
      expect(best?.text).toBe(expected.text);
      for (const [i, logProb] of expected.logProbs.entries()) {
        expect(Math.abs((best?.logProbs[i] as number) - logProb)).toBeLessThan(TOLERANCE);
      }
    }
  });
});
