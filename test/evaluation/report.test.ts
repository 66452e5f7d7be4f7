import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { page } from '../../evaluation/page/page.js';
import { type Report, report } from '../../evaluation/report.js';
import { Judgments } from '../../evaluation/rows/judgment.js';
import { readSets, readTeacher } from '../../evaluation/sets.js';

const folder = mkdtempSync(join(tmpdir(), 'precis-evaluation-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const write = (name: string, rows: readonly object[]) => {
  const path = join(folder, name);
  writeFileSync(path, rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  return path;
};

/** Thirty articles, of which a confident model writes good summaries, and two recipes. */
const articles = Array.from({ length: 30 }, (_, i) => ({
  id: `a${i}`,
  title: `Library ${i}`,
  text: `The town opens library number ${i} on the old quay. Nobody knows what the rent of it will be.`,
  kind: i % 2 ? 'article' : 'howto',
  source: i < 20 ? 'own/large' : `own/${i}`,
  references: { short: `The town opens library number ${i}.` },
}));
const recipes = ['r0', 'r1'].map((id) => ({
  id,
  text: 'Take two onions. Fry them.',
  suitable: false,
  kind: 'recipe',
}));
const good = (i: number) => i % 3 !== 0;
const textOf = (i: number) =>
  good(i) ? `The town opens library number ${i}.` : `The the town rent ${i} of it will.`;
const answer = (id: string, text: string, confidence: number, shown: boolean) => ({
  id,
  suggestion: shown ? { text, confidence } : null,
  reason: shown ? null : 'low_confidence',
  model: { name: 'own', version: '1' },
  diagnostics: { candidate: text, meanLogProb: -0.5, confidence },
});
write('documents.ndjson', [...articles, ...recipes]);
write('short.ndjson', [
  ...articles.map(({ id }, i) => answer(id, textOf(i), good(i) ? 0.9 : 0.2, good(i))),
  answer('r0', 'Two onions are fried in a pan.', 0.8, true),
  { ...answer('r1', '', 0, false), reason: 'unsuitable_document', documentType: 'recipe' },
]);
const judged = (pass: number) =>
  articles.map(({ id }, i) => ({
    id,
    system: 'precis-short',
    candidate: textOf(i),
    verdict: good(i) ? 'accept' : pass === 2 && i === 0 ? 'edit' : 'reject',
  }));
const lead = { id: 'a0', system: 'lead-1', verdict: 'edit' };
const changed = { ...judged(1)[0], candidate: 'A text of an older model.', id: 'a1' };

const given = {
  split: 'dev',
  ...readSets([folder], undefined),
  judgments: Judgments.read([write('judged.jsonl', [...judged(1), lead])]),
  rejudgments: Judgments.read([write('rejudged.jsonl', judged(2).slice(0, 12))]),
  teacher: readTeacher(write('teacher.ndjson', [{ id: 'a0', short: 'The town opens a library.' }])),
};

describe('a report', () => {
  const made = report(given);
  const short = made.lengths.short as NonNullable<Report['lengths']['short']>;
  const system = (name: string) => short.systems.find((one) => one.name === name);

  it('has the systems beside each other', () => {
    const names = short.systems.map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining([
        'student, gated',
        'student, ungated',
        'teacher',
        'lead-1',
        'textrank',
      ]),
    );
    expect(system('student, gated')).toMatchObject({ documents: 20 });
    expect(system('student, gated')?.rougeL?.value).toBe(100);
    expect(system('student, ungated')?.rougeL?.value).toBeLessThan(90);
    expect(system('teacher')).toMatchObject({ documents: 1 });
  });

  it('knows what the judges accepted, and of which system', () => {
    expect(system('student, gated')?.acceptable).toMatchObject({ count: 20, of: 20 });
    expect(system('student, ungated')?.acceptable).toMatchObject({ count: 20, of: 30 });
    expect(system('lead-1')?.acceptable).toMatchObject({ count: 0, of: 1 });
    expect(system('textrank')?.usable).toBeNull();
  });

  it('finds the gate that knows better than one that does not', () => {
    const levels = short.acceptable?.gate.levels.map(({ value }) => value);
    expect(levels?.slice(0, 2)).toEqual([1, 1]);
    expect(levels?.[2]).toBeCloseTo(20 / 24);
    // All mean log-probabilities are the same: that gate is as good as none.
    expect(short.acceptable?.plain.aurc).toBeCloseTo(1 / 3);
    expect(short.acceptable?.ratio.value).toBeLessThan(0.5);
    expect(short.calibration.ece?.value).toBeCloseTo((20 * 0.1 + 10 * 0.2) / 30);
  });

  it('tells groups apart, small sources together', () => {
    expect(short.groups.kind.map(({ name }) => name).sort()).toEqual(['article', 'howto']);
    expect(short.groups.source).toMatchObject([
      { name: 'own/large', documents: 20 },
      { name: '10 smaller sources', documents: 10 },
    ]);
  });

  it('counts unsuitable documents that got a suggestion', () => {
    const { kinds, refused } = short.suitability;
    expect(kinds).toMatchObject([{ kind: 'recipe', documents: 2, suggested: { count: 1 } }]);
    expect(refused).toMatchObject({ count: 0, of: 30 });
  });

  it('tells how far two passes agree', () => {
    expect(made.agreement).toMatchObject({ pairs: 12, same: { count: 11 } });
    expect(made.agreement?.kappa?.value).toBeGreaterThan(0.7);
    expect(made.agreement?.acceptable?.value).toBe(1);
  });

  it('does not use judgments of texts that are not written any more', () => {
    const judgments = new Judgments([changed as never]);
    const other = report({ ...given, judgments }).lengths.short;
    expect(other).toMatchObject({ staleJudgments: 1, acceptable: null });
  });

  it('becomes one page without anything to fetch', () => {
    const written = page([made, { ...made, split: 'test' }]);
    expect(written).not.toMatch(/<script|src=|href=|url\(|NaN|undefined|Infinity/);
    expect(written.match(/<svg/g)?.length).toBeGreaterThanOrEqual(14);
    expect(written).toContain('for="tab-test"');
  });

  it('says on the page what was not measured', () => {
    const unknown = { judgments: new Judgments([]), rejudgments: new Judgments([]) };
    const written = page([report({ ...given, ...unknown })]);
    expect(written).toContain('Fewer than ten of these texts have been judged');
    expect(written).toContain('No text was judged twice');
  });
});

describe('what cannot be evaluated', () => {
  it('is named with the file and the line', () => {
    writeFileSync(join(folder, 'teacher.ndjson'), '{"id": "a"}\nnot json\n');
    expect(() => readTeacher(join(folder, 'teacher.ndjson'))).toThrow(
      /teacher.ndjson, line 2: is not/,
    );
    expect(() => readSets([join(folder, 'none')], undefined)).toThrow('there is no such file');
    expect(() => readSets([folder, folder], undefined)).toThrow('document a0 is in');
  });
});
