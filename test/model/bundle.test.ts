import { createHash } from 'node:crypto';
import { readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { BundleError, loadBundle, Summarizer } from '../../model/index.js';
import { tinyBundle, withCopy } from './tiny.js';

type Json = Record<string, unknown>;

async function edit(folder: string, change: (manifest: Json) => Json): Promise<void> {
  const file = join(folder, 'manifest.json');
  const manifest = JSON.parse(await readFile(file, 'utf8'));
  await writeFile(file, JSON.stringify(change(manifest)));
}

const failure = (folder: string) =>
  loadBundle(folder).then(
    () => undefined,
    (error: unknown) => error as BundleError,
  );

describe('loadBundle', () => {
  it('accepts a whole bundle', async () => {
    const bundle = await loadBundle(tinyBundle);
    expect(bundle.manifest.name).toBe('tiny');
    expect(bundle.manifest.languages).toEqual(['en']);
  });

  it.each(['encoder.onnx', 'decoder.onnx', 'tokenizer.model', 'README.md'])(
    'refuses a flipped byte in %s by name',
    (name) =>
      withCopy(async (folder) => {
        const file = join(folder, name);
        const bytes = await readFile(file);
        bytes[bytes.length >> 1] = (bytes[bytes.length >> 1] as number) ^ 1;
        await writeFile(file, bytes);
        const error = await failure(folder);
        expect(error).toBeInstanceOf(BundleError);
        expect(error?.file).toBe(file);
        expect(error?.message).toContain('damaged');
      }),
  );

  it('names a missing and a shortened file', () =>
    withCopy(async (folder) => {
      await truncate(join(folder, 'encoder.onnx'), 100);
      expect((await failure(folder))?.message).toMatch(/encoder\.onnx: has 100 bytes instead of/);
      await rm(join(folder, 'encoder.onnx'));
      expect((await failure(folder))?.message).toMatch(
        /encoder\.onnx: is missing\. .*git checkout/,
      );
    }));

  it('says what is wrong with the manifest', () =>
    withCopy(async (folder) => {
      const broken = async (change: (manifest: Json) => Json) => {
        const file = join(folder, 'manifest.json');
        const before = await readFile(file);
        await edit(folder, change);
        const error = await failure(folder);
        await writeFile(file, before);
        expect(error).toBeInstanceOf(BundleError);
        return error?.message ?? '';
      };
      expect(await broken((m) => ({ ...m, format: 2 }))).toMatch(/format 2.*Update precis/);
      expect(await broken((m) => ({ ...m, limits: { sourceTokens: 'x' } }))).toMatch(
        /sourceTokens/,
      );
      expect(await broken(({ tokens: _, ...m }) => m)).toMatch(/tokens/);
      expect(await broken((m) => ({ ...m, files: {} }))).toMatch(/does not list encoder\.onnx/);
      const outside = { '../x': { sha256: 'a'.repeat(64), bytes: 1 } };
      expect(await broken((m) => ({ ...m, files: { ...(m.files as Json), ...outside } }))).toMatch(
        /lists "\.\.\/x"/,
      );
      await writeFile(join(folder, 'manifest.json'), '{');
      expect((await failure(folder))?.message).toMatch(/is not JSON/);
    }));

  it('names the folder where there is no bundle', async () => {
    const error = await failure('/nowhere/at/all');
    expect(error?.message).toMatch(/\/nowhere\/at\/all\/manifest\.json: cannot be read \(ENOENT\)/);
  });
});

describe('Summarizer.load', () => {
  it('refuses graphs whose shapes are not those of the manifest', () =>
    withCopy(async (folder) => {
      await edit(folder, (m) => ({ ...m, architecture: { ...(m.architecture as Json), topK: 5 } }));
      const error = await Summarizer.load(folder).catch((e: unknown) => e as Error);
      expect(error).toBeInstanceOf(BundleError);
      expect((error as Error).message).toMatch(
        /decoder\.onnx: output "log_probs" is .* x 4 instead of .* x 5/,
      );
    }));

  it('refuses a graph that is none, with a right hash', () =>
    withCopy(async (folder) => {
      const bytes = Buffer.from('not a graph');
      await writeFile(join(folder, 'encoder.onnx'), bytes);
      const sha256 = createHash('sha256').update(bytes).digest('hex');
      const entry = { sha256, bytes: bytes.length };
      await edit(folder, (m) => ({ ...m, files: { ...(m.files as Json), 'encoder.onnx': entry } }));
      const error = await Summarizer.load(folder).catch((e: unknown) => e as Error);
      expect(error).toBeInstanceOf(BundleError);
      expect((error as Error).message).toMatch(/encoder\.onnx: cannot be loaded by ONNX Runtime/);
    }));
});
