import { existsSync, readdirSync, readFileSync, rmSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { root } from '../built.js';
import { tinyBundle, withCopy } from '../model/tiny.js';
import { run } from './run.js';

/** The shipped bundle is tested when it is there, until it is committed. */
const shipped = join(root, 'model/bundle');
const bundles = [tinyBundle, shipped].filter((path) => existsSync(join(path, 'manifest.json')));

describe.each(bundles)('on the command line, %s', (bundle) => {
  const real = { model: 'real', env: { PRECIS_BUNDLE: bundle } } as const;

  test('suggest prints a sentence, or says why not', async () => {
    const { code, stdout, stderr } = await run(['suggest', 'examples/book-exchange.md'], real);
    if (code === 0) expect(stdout).toMatch(/[.!?]["')]?\n$/);
    else expect([code, stderr]).toEqual([3, expect.stringMatching(/^No suggestion: .*\n$/)]);
  });

  test('batch answers every fixture document, and the same twice', {
    timeout: 180_000,
  }, async () => {
    const folder = join(root, 'test/fixtures/documents');
    const stdin = readdirSync(folder)
      .map((id) => ({ id, text: readFileSync(join(folder, id), 'utf8') }))
      .map((item) => `${JSON.stringify(item)}\n`)
      .join('');
    const rows = async (workers: string) => {
      const args = ['batch', '-', '--out', '-', '--min-confidence', '0', '--workers', workers];
      const { code, stdout } = await run(args, { ...real, stdin });
      expect(code).toBe(0);
      return stdout
        .trimEnd()
        .split('\n')
        .map((line) => JSON.parse(line))
        .map(({ id, suggestion, reason, error }) => ({
          id,
          text: suggestion?.text,
          reason,
          error,
        }));
    };
    const first = await rows('1');
    expect(first.map((row) => row.id)).toEqual(readdirSync(folder));
    expect(first.filter((row) => row.error)).toEqual([]);
    expect(await rows('2')).toEqual(first);
  });

  test('info names it', async () => {
    const { code, stdout } = await run(['info', '--json'], real);
    expect(code).toBe(0);
    const manifest = JSON.parse(readFileSync(join(bundle, 'manifest.json'), 'utf8'));
    expect(JSON.parse(stdout).model.version).toBe(manifest.version);
  });
});

test.each([
  ['missing', (file: string) => rmSync(file)],
  ['damaged', (file: string) => truncateSync(file, 100)],
])('a bundle with a %s file is refused in one line that names it', async (_, spoil) => {
  await withCopy(async (bundle) => {
    spoil(join(bundle, 'decoder.onnx'));
    const { code, stdout, stderr } = await run(['suggest', 'examples/book-exchange.md'], {
      model: 'real',
      env: { PRECIS_BUNDLE: bundle },
    });
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^precis: .*decoder\.onnx: .+\n$/);
  });
});
