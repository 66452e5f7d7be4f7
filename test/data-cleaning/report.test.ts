import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AXES, Values } from '../../data-cleaning/report/distribution.js';
import { type Example, Sample } from '../../data-cleaning/report/examples.js';
import type { Report } from '../../data-cleaning/report/figures.js';
import { page } from '../../data-cleaning/report/page.js';
import { shapeOf } from '../../data-cleaning/report/shape.js';
import { root } from '../built.js';
import { clean, folderOf, PATIENCE, records, zstd } from './program.js';

const fixtures = join(root, 'test/fixtures/cleaning');

describe('shapeOf', () => {
  const text = 'The gauge of Lumm reports high water every six minutes.';

  it('measures a copy, a text of its own and a mixture', () => {
    expect(shapeOf(text, text)).toEqual({ words: 10, coverage: 1, density: 10, novelty: 0 });
    const none = { words: 3, coverage: 0, density: 0, novelty: 1 };
    expect(shapeOf(text, 'Ferries charge batteries')).toEqual(none);
    // Fragments "the gauge of lumm" and "water": (16 + 1) / 6.
    const some = shapeOf(text, 'The gauge of Lumm measures water');
    expect(some).toEqual({ words: 6, coverage: 0.833, density: 2.833, novelty: 0.4 });
  });

  it('has an answer for nothing', () => {
    expect(shapeOf('', '')).toEqual({ words: 0, coverage: 0, density: 0, novelty: 0 });
  });
});

describe('Values', () => {
  it('gives quartiles and bins that hold all, the last one without end', () => {
    const values = new Values();
    for (const value of [0, 1, 2, 3, 4, 500]) values.add(value);
    const { bins, quartiles, count } = values.json(AXES.words);
    expect(quartiles).toEqual([1, 2, 4]);
    expect(count).toBe(6);
    expect(bins.slice(0, 3)).toEqual([0.3333, 0.3333, 0.1667]);
    expect(bins.at(-1)).toBe(0.1667);
  });

  it('puts a share on the edge of a bin into the upper one', () => {
    const values = new Values();
    values.add(0.15);
    expect(values.json(AXES.novelty).bins.indexOf(1)).toBe(3);
  });
});

describe('Sample', () => {
  const draw = (ids: string[], seed: number) => {
    const sample = new Sample(seed, 'framing');
    for (const id of ids) sample.offer(id, () => ({ id }) as Example);
    return sample.json().map(({ id }) => id);
  };
  const ids = Array.from({ length: 100 }, (_, n) => `row${n}`);

  it('draws by the seed and not by the order', () => {
    expect(draw(ids, 1)).toHaveLength(5);
    expect(draw(ids.toReversed(), 1)).toEqual(draw(ids, 1));
    expect(draw(ids, 2)).not.toEqual(draw(ids, 1));
  });
});

describe.skipIf(!zstd)('a run over the fixture corpus', { timeout: PATIENCE }, () => {
  let folder: string;
  let report: Report;

  beforeAll(async () => {
    folder = await folderOf('report');
    const annotated = ['--annotated', join(fixtures, 'annotated')];
    const ended = await clean('run', join(fixtures, 'corpus'), ...annotated, '--out', folder);
    expect(ended).toMatchObject({ code: 0 });
    report = JSON.parse(await readFile(join(folder, 'report.json'), 'utf8'));
  }, PATIENCE);

  afterAll(() => rm(folder, { recursive: true, force: true }));

  // A filter that changes its mind changes this file: look at the difference, then `vitest -u`.
  it('gives the stored report', async () => {
    const text = `${JSON.stringify(report, null, 2)}\n`;
    await expect(text).toMatchFileSnapshot(join(fixtures, 'report.json'));
  });

  it('counts every row once, and as many in the outputs as it says', async () => {
    expect(report.rows).toBe(55);
    const dropped = report.funnel.reduce((sum, stage) => sum + stage.dropped, 0);
    expect(report.tiers.clean + dropped).toBe(report.rows);
    for (const [tier, rows] of Object.entries(report.tiers))
      expect(await records(folder, `${tier}.jsonl.zst`)).toHaveLength(rows);
    for (const list of [report.sources, report.licences])
      expect(list.reduce((sum, one) => sum + one.rows, 0)).toBe(report.rows);
  });

  it('makes a page that needs nothing from elsewhere and shows each filter', async () => {
    const html = await readFile(join(folder, 'report.html'), 'utf8');
    expect(html).not.toMatch(/<script|<link|<img|@import|url\(|src=/i);
    for (const { reason } of report.funnel) expect(html).toContain(`id="f-${reason}"`);
    expect(html.match(/<svg/g)).toHaveLength(4);
  });

  it('shows what authors wrote as text, never as markup', () => {
    const evil = structuredClone(report);
    const [stage] = evil.funnel;
    const text = '<img src=x onerror=alert(1)>';
    const row = { id: text, file: text, title: text, summary: text, text, reason: 'kept' };
    stage?.examples.dropped.push({ ...row, evidence: text });
    expect(page(evil)).not.toContain('<img');
  });

  it('explains a clean pair and a dropped one', async () => {
    const [first] = await records(folder, 'clean.jsonl.zst');
    const kept = await clean('explain', `${first?.id}`, '--out', folder);
    expect(kept.stdout).toContain('clean.jsonl.zst');
    const framed = await clean('explain', 'county-19', '--out', folder, '--json');
    const story = JSON.parse(framed.stdout);
    const framing = story.filters.find((one: { reason: string }) => one.reason === 'framing');
    expect(framing.evidence).toContain('This article');
    expect(story).toMatchObject({ file: 'county', summary: expect.stringMatching(/^This/) });
    expect(story.endings.map((one: { tier: string }) => one.tier)).toContain('rejects');
    const nobody = await clean('explain', 'nobody', '--out', folder);
    expect(nobody).toMatchObject({ code: 1, stderr: expect.stringContaining('nobody') });
  });
});
