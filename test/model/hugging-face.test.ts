import { cp, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readPlain } from '../../documents/index.js';
import { overlap, sourceSentences } from '../../model/core/index.js';
import { BundleError, Summarizer, UnsupportedError } from '../../model/index.js';

/** Copies the document's first line; see `fixtures/tiny-hf.py`. */
const tiny = fileURLToPath(new URL('fixtures/tiny-hf', import.meta.url));
const first = 'Old relay logs are compressed after a week and deleted after 30 days.';
const rest =
  'An open incident keeps them longer. Nobody has to do anything for that, since the service looks at the list of incidents before it deletes a file.';
const plain = readPlain(`${first}\n\n${rest}`);

async function withSettings<T>(settings: object, use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'precis-hf-'));
  try {
    await cp(tiny, folder, { recursive: true });
    await writeFile(join(folder, 'precis.json'), JSON.stringify(settings));
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}
const failure = (folder: string) => Summarizer.load(folder).catch((error: unknown) => error);

describe('a Hugging Face model', () => {
  let precis: Summarizer;
  beforeAll(async () => {
    precis = await Summarizer.load(tiny, { threads: 1 });
  });
  afterAll(() => precis.close());

  it('suggests through the same interface, gate and sources included', async () => {
    const { suggestion, reason, input, model } = await precis.suggest(plain);
    expect(suggestion).toMatchObject({
      text: first,
      type: 'tldr',
      sources: [{ start: 0, end: first.length, text: first }],
    });
    expect(reason).toBe(null);
    expect(input).toMatchObject({ limit: 128, truncated: false });
    expect(model.name).toBe('tiny-hf');
    const strict = await precis.suggest(plain, { minConfidence: 0.99 });
    expect(strict.reason).toBe('low_confidence');
    expect((await precis.suggest(readPlain('Too short.'))).reason).toBe('too_short');
  });

  it('knows how likely what it wrote was', async () => {
    // 9 for the id it is certain of, 0 for each of the 599 others.
    const { diagnostics } = await precis.suggest(plain);
    expect(diagnostics?.meanLogProb).toBeCloseTo(-Math.log(1 + 599 * Math.exp(-9)), 4);
  });

  it('withholds what does not end, and says when it did not read everything', async () => {
    const open = await precis.suggest(readPlain(`Rotating the logs\n\n${first} ${rest}`));
    expect(open.reason).toBe('unfinished');
    const long = await precis.suggest(readPlain(`${first}\n\n${`${rest}\n\n`.repeat(20)}`));
    expect(long.input).toEqual({ tokens: 128, limit: 128, truncated: true });
  });

  it('offers what it can write', async () => {
    expect(precis.info().types).toEqual({
      tldr: ['short', 'medium'],
      headline: ['short', 'medium'],
    });
    const asked = precis.suggest(plain, { type: 'key-points' });
    await expect(asked).rejects.toThrow(UnsupportedError);
  });

  it('stops when its signal aborts', async () => {
    const controller = new AbortController();
    const asked = precis.suggest(plain, { signal: controller.signal });
    controller.abort(new Error('left'));
    await expect(asked).rejects.toThrow('left');
    expect((await precis.suggest(plain)).suggestion?.text).toBe(first);
  });

  it('is described by a precis.json beside it', () =>
    withSettings({ name: 'ours', version: '2', limits: { sourceTokens: 40 } }, async (folder) => {
      const ours = await Summarizer.load(folder, { threads: 1 });
      const { model, input } = await ours.suggest(plain);
      await ours.close();
      expect({ model, input }).toEqual({
        model: { name: 'ours', version: '2' },
        input: { tokens: 40, limit: 40, truncated: true },
      });
    }));

  it('names the file that does not fit', () =>
    withSettings({ dtype: 'fp32' }, async (folder) => {
      expect(((await failure(folder)) as BundleError).file).toBe(
        join(folder, 'onnx/encoder_model.onnx'),
      );
      await writeFile(join(folder, 'precis.json'), '{"lenght": 3}');
      expect(await failure(folder)).toBeInstanceOf(BundleError);
      expect(String(await failure(folder))).toMatch(/precis\.json.*lenght/);
      await rm(join(folder, 'precis.json'));
      await writeFile(join(folder, 'config.json'), '{"model_type": "bert"}');
      expect(String(await failure(folder))).toMatch(/config\.json.*is_encoder_decoder/);
    }));
});

describe('overlap', () => {
  const lines = [
    'The relay writes logs. The relay deletes them.',
    'An incident keeps logs longer.',
  ];
  const found = (text: string) => {
    const { positions, mass } = overlap(text, lines);
    return sourceSentences(mass, positions, lines).map(({ line, start, end }) =>
      lines[line]?.slice(start, end),
    );
  };

  it('names the sentences whose rare words a text uses', () => {
    expect(found('Incidents aside, an incident keeps it.')).toEqual([lines[1]]);
    expect(found('It deletes them.')).toEqual(['The relay deletes them.']);
    expect(found('Nothing of this.')).toEqual([]);
  });
});
