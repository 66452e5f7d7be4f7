import { describe, expect, it } from 'vitest';
import { bootstrap, mean, meanOf } from '../../evaluation/statistics/bootstrap.js';
import { kappa, kappaWithInterval } from '../../evaluation/statistics/kappa.js';
import { ece, reliability } from '../../evaluation/statistics/reliability.js';
import {
  aurc,
  aurcRatio,
  curve,
  leastAurc,
  riskAt,
  risks,
} from '../../evaluation/statistics/risk-coverage.js';
import { share } from '../../evaluation/statistics/share.js';

describe('risk and coverage', () => {
  const points = [
    { score: 0.9, loss: 0 },
    { score: 0.8, loss: 0 },
    { score: 0.7, loss: 1 },
    { score: 0.1, loss: 1 },
  ];

  it('averages the risks of the 1, 2, … most confident', () => {
    expect(risks(points)).toEqual([0, 0, 1 / 3, 1 / 2]);
    expect(aurc(points)).toBeCloseTo((1 / 3 + 1 / 2) / 4);
    expect(riskAt(points, 0.5)).toBe(0);
    expect(riskAt(points, 1)).toBe(0.5);
  });

  it('gains nothing by the order of equal scores', () => {
    const equal = points.map(({ loss }) => ({ score: 1, loss }));
    expect(risks(equal)).toEqual([0.5, 0.5, 0.5, 0.5]);
    expect(risks([...equal].reverse())).toEqual(risks(equal));
  });

  it('has the least area when the order is the best', () => {
    expect(leastAurc(points)).toBeCloseTo(aurc(points));
    const worst = points.map(({ score, loss }) => ({ score: -score, loss }));
    expect(aurc(worst)).toBeGreaterThan(leastAurc(worst));
  });

  it('draws a curve within its band and compares two gates', () => {
    const many = Array.from({ length: 60 }, (_, i) => ({
      score: -i,
      loss: i % 3 === 0 ? 1 : i / 60,
    }));
    for (const { value, low, high } of curve(many, 200)) {
      expect(low).toBeLessThanOrEqual(value);
      expect(value).toBeLessThanOrEqual(high);
    }
    const same = aurcRatio(many.map((point) => [point, point]));
    expect(same).toEqual({ value: 1, low: 1, high: 1 });
  });
});

describe('calibration', () => {
  it('is perfect when what is said comes true as often', () => {
    const sure = Array.from({ length: 10 }, (_, i) => ({ confidence: 0.8, accepted: i < 8 }));
    expect(ece(sure)).toBeCloseTo(0);
    expect(reliability(sure)).toHaveLength(1);
  });

  it('measures the distance by the size of each bin', () => {
    const forecasts = [
      { confidence: 1, accepted: false },
      { confidence: 0.02, accepted: false },
      { confidence: 0.04, accepted: false },
      { confidence: 0.03, accepted: false },
    ];
    expect(ece(forecasts)).toBeCloseTo(0.25 * 1 + 0.75 * 0.03);
  });
});

describe('agreement of two judges', () => {
  it("gives Cohen's own example", () => {
    // 20 both yes, 5 yes/no, 10 no/yes, 15 both no: kappa 0.4.
    const pairs = [
      ...Array(20).fill(['yes', 'yes']),
      ...Array(5).fill(['yes', 'no']),
      ...Array(10).fill(['no', 'yes']),
      ...Array(15).fill(['no', 'no']),
    ] as ['yes' | 'no', 'yes' | 'no'][];
    expect(kappa(pairs)).toBeCloseTo(0.4);
    const all = kappaWithInterval(pairs);
    expect(all?.low).toBeLessThan(0.4);
    expect(all?.high).toBeGreaterThan(0.4);
  });

  it('is 1 in full agreement, 0 when one judge never looks, and unknown without pairs', () => {
    expect(
      kappa([
        ['a', 'a'],
        ['b', 'b'],
      ]),
    ).toBe(1);
    expect(
      kappa([
        ['a', 'a'],
        ['b', 'a'],
      ]),
    ).toBe(0);
    expect(kappaWithInterval([])).toBeNull();
  });
});

describe('shares and means', () => {
  it('knows that none of a hundred is not none of all', () => {
    expect(share(0, 100)).toMatchObject({ value: 0, low: 0 });
    expect(share(0, 100)?.high).toBeCloseTo(0.037, 3);
    expect(share(0, 0)).toBeNull();
  });

  it('is the same when a report is made again', () => {
    const values = [3, 1, 4, 1, 5, 9, 2, 6];
    expect(bootstrap(values, mean)).toEqual(bootstrap(values, mean));
    expect(meanOf([])).toBeNull();
  });
});
