import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { tinyBundle, withCopy } from '../model/tiny.js';
import { run } from './run.js';

const folder = mkdtempSync(join(tmpdir(), 'precis-compare-test-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const documents = join(folder, 'documents.ndjson');
const sentence = 'The town of Harrowmere has turned its empty ferry office into a seed library.';
const rows = Array.from({ length: 12 }, (_, i) => ({
  id: `d${i}`,
  text: `${sentence}\n\nAnyone may take ${i + 2} packets home and bring seeds back in the autumn of the year.`,
  references: { short: sentence },
}));
writeFileSync(documents, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));

/** Results as `precis batch` writes them. */
function results(name: string, text: (i: number) => string | null): string {
  const path = join(folder, name);
  const lines = rows.map(({ id }, i) => {
    const written = text(i);
    const suggestion = written && { text: written, confidence: 0.8 };
    const reason = written ? null : 'low_confidence';
    return JSON.stringify({ id, suggestion, reason, model: { name: 'own', version: name } });
  });
  writeFileSync(path, `${lines.join('\n')}\n`);
  return path;
}

describe('precis compare', () => {
  test('two bundles: the same may ship, and the answers are kept', {
    timeout: 120_000,
  }, async () => {
    const keep = join(folder, 'kept');
    const args = ['compare', tinyBundle, tinyBundle, documents, '--json', '--keep', keep];
    const { code, stdout } = await run([...args, '--workers', '1'], { model: 'real' });
    const found = JSON.parse(stdout);
    expect(code).toBe(0);
    expect(found).toMatchObject({ documents: 12, onlyBefore: 0, onlyAfter: 0, ship: true });
    expect(found.before).toMatchObject({ name: 'tiny' });
    expect(readFileSync(join(keep, 'after.ndjson'), 'utf8').trim().split('\n')).toHaveLength(12);
  });

  test('a changed bundle is told from the old one', { timeout: 120_000 }, async () => {
    await withCopy(async (changed) => {
      const path = join(changed, 'manifest.json');
      const manifest = JSON.parse(readFileSync(path, 'utf8'));
      // Too few ids for a sentence: everything ends unfinished.
      manifest.limits.targetTokens = 8;
      manifest.version = '0.0.2';
      writeFileSync(path, JSON.stringify(manifest));
      const args = ['compare', tinyBundle, changed, documents, '--workers', '1'];
      const { code, stdout } = await run(args, { model: 'real' });
      expect(stdout).toContain('(tiny 0.0.2)');
      expect(stdout).toMatch(/lost theirs +12\b/);
      expect(stdout).toContain('BROKEN');
      expect(code).toBe(4);
    });
  });

  test('results of a batch are taken as they are; references tell the change of quality', async () => {
    const before = results('before.ndjson', () => 'Prices rose again last winter.');
    const after = results('after.ndjson', () => sentence);
    const better = await run(['compare', before, after, documents]);
    expect(better.stdout).toMatch(/ROUGE-L, references +0\.00 → 100\.00/);
    expect(better.code).toBe(0);
    expect((await run(['compare', after, before, documents])).code).toBe(4);
  });

  test('limits can be set', async () => {
    const all = results('all.ndjson', () => sentence);
    const most = results('most.ndjson', (i) => (i < 3 ? null : sentence));
    expect((await run(['compare', all, most])).code).toBe(4);
    expect((await run(['compare', all, most, '--min-agreement', '0.7'])).code).toBe(0);
    const wrong = await run(['compare', all, most, '--min-agreement', 'most']);
    expect(wrong.code).toBe(1);
    expect(wrong.stderr).toContain('A number from 0 to 1 is needed.');
  });

  test('says what is wrong with what it was given', async () => {
    const all = results('own.ndjson', () => sentence);
    expect(await run(['compare', tinyBundle, all])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('which documents?'),
    });
    expect(await run(['compare', join(folder, 'none'), all])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('no such file or folder'),
    });
    expect(await run(['compare', documents, all])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('documents.ndjson, line 1'),
    });
  });
});
