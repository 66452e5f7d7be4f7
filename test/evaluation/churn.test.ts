import { describe, expect, it } from 'vitest';
import { churn, type Known, LIMITS } from '../../evaluation/churn.js';
import type { Answer } from '../../evaluation/rows/answer.js';

const model = { name: 'tiny', version: '1' };

/** Answers to documents 0, 1, 2, …: a text that is shown, or null. */
function answers(texts: readonly (string | null)[]): Map<string, Answer> {
  return new Map(
    texts.map((text, i) => {
      const id = String(i);
      const shown = text !== null;
      const reason = shown ? null : 'low_confidence';
      const rest = { documentType: null, confidence: 0.5, meanLogProb: -0.2, model };
      return [id, { id, shown, reason, text: text ?? `Hidden text ${id} here.`, ...rest }];
    }),
  );
}

const texts = Array.from({ length: 20 }, (_, i) => `The town opens library number ${i}.`);
const references = (of: readonly string[]) =>
  new Map<string, Known>(of.map((reference, i) => [String(i), { reference }]));

describe('two bundles compared', () => {
  it('lets a bundle take its own place', () => {
    const found = churn(answers(texts), answers(texts), references(texts));
    expect(found).toMatchObject({ documents: 20, both: 20, onlyBefore: 0, ship: true });
    expect(found.changed?.value).toBe(0);
    expect(found.quality?.change).toEqual({ value: 0, low: 0, high: 0 });
  });

  it('refuses one that hides what was shown', () => {
    const found = churn(
      answers(texts),
      answers(texts.map((t, i) => (i < 4 ? null : t))),
      new Map(),
    );
    expect(found).toMatchObject({ onlyBefore: 4, onlyAfter: 0, ship: false });
    expect(found.agreement?.value).toBeCloseTo(0.8);
    expect(found.outcomes).toEqual([{ before: 'shown', after: 'low_confidence', count: 4 }]);
  });

  it('refuses one that writes worse, and takes one that writes better', () => {
    const worse = texts.map((text, i) => (i % 2 ? text : 'Prices rose again.'));
    const known = references(texts);
    expect(churn(answers(texts), answers(worse), known)).toMatchObject({ ship: false });
    const better = churn(answers(worse), answers(texts), known);
    expect(better.ship).toBe(true);
    expect(better.changed?.value).toBeCloseTo(0.5);
    expect(better.quality?.change.low).toBeGreaterThan(0);
  });

  it('holds texts still for those who ask for it', () => {
    const other = texts.map((text) => text.replace('opens', 'starts'));
    const limits = { ...LIMITS, changed: 0.5 };
    expect(churn(answers(texts), answers(other), new Map()).ship).toBe(true);
    expect(churn(answers(texts), answers(other), new Map(), limits).ship).toBe(false);
  });

  it('refuses one that speaks on recipes when the old one did not', () => {
    const known = new Map([...texts.keys()].map((i) => [String(i), { suitable: i > 1 }] as const));
    const silent = answers(texts.map((text, i) => (i > 1 ? text : null)));
    expect(churn(silent, answers(texts), known)).toMatchObject({ ship: false });
    expect(churn(answers(texts), silent, known).unsuitable?.after.count).toBe(0);
  });

  it('counts what only one has answered and compares the rest', () => {
    const found = churn(answers(texts), answers(texts.slice(0, 15)), new Map());
    expect(found).toMatchObject({ documents: 15, unpaired: 5, ship: true });
  });
});
