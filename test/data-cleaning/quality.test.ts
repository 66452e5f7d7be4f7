import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FILTERS } from '../../data-cleaning/filters/index.js';
import { assess } from '../../data-cleaning/judge.js';
import { features } from '../../data-cleaning/quality/features.js';
import { balancedThreshold, pointAt, thresholdFor } from '../../data-cleaning/quality/fit.js';
import { extractiveness } from '../../data-cleaning/quality/fragments.js';
import type { Labelled } from '../../data-cleaning/quality/labelled.js';
import { readLabelled } from '../../data-cleaning/quality/labelled.js';
import { fitLogistic, products, sigmoid } from '../../data-cleaning/quality/logistic.js';
import { QualityScore, quality } from '../../data-cleaning/quality/score.js';
import { words } from '../../data-cleaning/words.js';
import { BODY, given, SUMMARY } from './candidates.js';

describe('extractiveness', () => {
  it('counts copied pieces as in the paper', () => {
    const text = words('the cat sat on the mat and slept');
    // Fragments "sat on the mat" (4) and "cat" (1) of 7 words.
    const found = extractiveness(text, words('a cat there sat on the mat'));
    expect(found.coverage).toBeCloseTo(5 / 7);
    expect(found.density).toBeCloseTo((16 + 1) / 7);
    expect(found.longest).toBe(4);
  });

  it('is 0 for other words and for nothing', () => {
    expect(extractiveness(words('a b c'), words('d e')).coverage).toBe(0);
    expect(extractiveness([], []).density).toBe(0);
  });
});

describe('features', () => {
  const of = (summary: string) =>
    features({ title: 'Tide tables', text: BODY, summary, rawSummary: summary }, []);

  it('tell a copied sentence, new words and a repeated title apart', () => {
    const copied = of('Volunteers clean the gauge twice a year.');
    expect(copied).toMatchObject({ coverage: 1, whole_copy: 1, novel_bigrams: 0, supported: 1 });
    const other = of('Diesel ferries of the northern islands stop in spring.');
    expect(other.supported).toBeLessThan(0.3);
    expect(other.novel_bigrams).toBeGreaterThan(0.8);
    expect(of('Tide tables.').title_repeated).toBe(1);
  });

  it('are finite for an empty summary', () => {
    for (const value of Object.values(of(''))) expect(Number.isFinite(value)).toBe(true);
  });
});

describe('fitLogistic', () => {
  const labels = Uint8Array.from({ length: 200 }, (_, i) => Number(i % 4 !== 0));
  /** A bias, a column that equals the label and one of no use. */
  const examples = {
    starts: Int32Array.from({ length: 201 }, (_, i) => 3 * i),
    columns: Int32Array.from({ length: 600 }, (_, i) => i % 3),
    values: Float64Array.from({ length: 600 }, (_, i) => {
      const row = Math.floor(i / 3);
      return [1, labels[row] as number, (row % 7) - 3][i % 3] as number;
    }),
    labels,
  };

  it('finds the column that tells, and nothing in the other', () => {
    const weights = fitLogistic(examples, { penalty: Float64Array.of(0, 0.1, 0.1) });
    const scores = products(examples, weights).map(sigmoid);
    scores.forEach((score, row) => {
      expect(Math.round(score)).toBe(labels[row]);
    });
    expect(Math.abs(weights[2] as number)).toBeLessThan(0.1 * (weights[1] as number));
  });

  it('falls back to the share of good ones under a heavy penalty', () => {
    const weights = fitLogistic(examples, { penalty: Float64Array.of(0, 1e4, 1e4) });
    expect(sigmoid(weights[0] as number)).toBeCloseTo(0.75, 1);
  });
});

describe('thresholds', () => {
  const pair = (id: string, good: boolean) => ({ id, good }) as Labelled;
  const pairs = Array.from({ length: 100 }, (_, i) => pair(`p${i}`, i >= 50 || i % 5 === 0));
  const scores = new Map(pairs.map((one, at) => [one, at / 100]));

  it('are the lowest that reach a precision', () => {
    const threshold = thresholdFor(pairs, scores, 0.8);
    expect(pointAt(pairs, scores, threshold).precision).toBeGreaterThanOrEqual(0.8);
    expect(pointAt(pairs, scores, threshold - 0.01).precision).toBeLessThan(0.8);
  });

  it('leave room to two goals alike', () => {
    const threshold = balancedThreshold(pairs, scores, { precision: 0.7, recall: 0.7 });
    const { precision, recall } = pointAt(pairs, scores, threshold);
    expect(precision).toBeGreaterThan(0.8);
    expect(recall).toBeGreaterThan(0.8);
  });

  it('count pairs without a score as dropped', () => {
    const more = [...pairs, pair('dropped', true)];
    expect(pointAt(more, scores, 0).kept).toBe(100);
    expect(pointAt(more, scores, 0).recall).toBeCloseTo(60 / 61, 3);
  });

  it('fail where no threshold does it', () => {
    const bad = pairs.map((one) => ({ ...one, good: false }));
    expect(() => thresholdFor(bad, new Map(), 0.5)).toThrow(/no threshold/);
  });
});

describe('the score as shipped', () => {
  it('was fitted, with thresholds and what they reach', () => {
    expect(quality.version).toMatch(/^1\./);
    const { clean, loose } = quality.thresholds;
    expect(clean).toBeGreaterThan(loose);
  });

  it('keeps a good pair and explains itself', () => {
    const { quality: score, verdict } = assess(given({}));
    expect(verdict).toBeUndefined();
    expect(score?.value).toBeGreaterThan(quality.thresholds.clean);
    expect(score?.why.length).toBeGreaterThan(3);
  });

  it('names the filter of style, or itself, where it sets a pair apart', () => {
    const framed = assess(
      given({ summary: 'This article describes how the harbour of Lumm measures high water.' }),
    );
    expect(framed.verdict).toMatchObject({ reason: 'framing' });
    expect(framed.verdict?.evidence).toMatch(/opens with "This article"; score 0\.\d\d$/);
  });

  it('is not asked about pairs that a filter drops', () => {
    expect(assess(given({ summary: '' })).quality).toBeUndefined();
  });

  it('adds up what it explains', () => {
    const model = new QualityScore({
      format: 1,
      version: 'test',
      command: '',
      trainedOn: { rows: 1, good: 1, sources: 1, sha256: '' },
      penalty: { features: 1, grams: 1 },
      thresholds: { clean: 0.5, loose: 0.2 },
      figures: {},
      bias: 0.5,
      features: [{ name: 'flag_teaser', mean: 0, scale: 1, weight: -2 }],
      grams: {},
    });
    const pair = { title: '', text: BODY, summary: SUMMARY, rawSummary: SUMMARY };
    expect(model.of(pair, []).value).toBeCloseTo(sigmoid(0.5), 3);
    const flagged = model.of(pair, ['teaser']);
    expect(flagged.value).toBeCloseTo(sigmoid(-1.5), 3);
    expect(flagged.why[0]).toEqual({ name: 'flag_teaser', weight: -2 });
  });

  it('knows of no filters that there are not', () => {
    const reasons = new Set(FILTERS.map(({ reason }) => reason));
    const pair = { title: '', text: BODY, summary: SUMMARY, rawSummary: SUMMARY };
    const names = Object.keys(features(pair, [...reasons])).filter((n) => n.startsWith('flag_'));
    expect(names).toHaveLength(reasons.size);
  });
});

describe('readLabelled', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'precis-labelled-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('says what to do about the outputs of an older version', async () => {
    await writeFile(join(folder, 'annotated-dev.jsonl.zst'), 'not zstd');
    await expect(readLabelled(folder, 'dev')).rejects.toThrow(/annotated-dev/);
  });
});
