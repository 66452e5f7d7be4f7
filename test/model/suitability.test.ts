import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readMarkdown } from '../../documents/index.js';
import { type SuggestResult, Summarizer } from '../../model/index.js';

/**
 * Documents made to mislead, our own writing, and what the shipped bundle must answer. `null`: the
 * document is suitable; it may get a suggestion or none for another reason, but nothing of `never`.
 */
const TABLE: [file: string, type: string | null, why: string, never?: RegExp][] = [
  ['recipe.md', 'recipe', 'ingredients and steps are the content'],
  ['resume.md', 'resume', 'a person is not to be summarised'],
  ['minutes-as-prose.md', 'minutes', 'minutes stay minutes without bullet points'],
  ['changelog.md', 'changelog', 'a list of changes has no one point'],
  ['terms.md', 'legal_terms', 'a short text for a contract misleads'],
  ['article-in-form.md', 'form', 'most of it is to be filled in'],
  ['poem.md', 'poem', 'verse'],
  ['code.md', 'code', 'a program without prose'],
  ['table.csv.md', 'data', 'rows of a table'],
  ['api-reference.md', 'api_reference', 'a signature and its parameters'],
  ['lorem-ipsum.md', 'form', 'filler text stands where content will be'],
  ['keyword-spam.md', '*', 'words without sentences'],
  ['ocr-noise.md', '*', 'letters that no reader could mend'],
  [
    'prompt.md',
    null,
    'an article; what it orders is not obeyed',
    /best in the world|limerick|banana/i,
  ],
  ['recipe-in-article.md', null, 'an article with three lines of ingredients', /olive oil|500 g/i],
  ['tldr.md', null, 'an article that has its summary already', /TL;DR/],
  ['code-heavy.md', null, 'a how-to with code between its paragraphs', /relayctl key new --out/],
];

let precis: Summarizer;
beforeAll(async () => {
  precis = await Summarizer.load();
});
afterAll(() => precis.close());

const ask = (file: string, explain = false): Promise<SuggestResult> => {
  const url = new URL(`../fixtures/gate/${file}`, import.meta.url);
  return precis.suggest(readMarkdown(readFileSync(url, 'utf8')), { explain });
};

describe('a document made to mislead', () => {
  it.each(TABLE)('%s: %s, %s', async (file, type, _, never) => {
    const { suggestion, reason, documentType } = await ask(file);
    if (type === null) {
      expect(documentType).toBeNull();
      expect(reason).not.toBe('unsuitable_document');
      if (never) expect(suggestion?.text ?? '').not.toMatch(never);
    } else {
      expect(suggestion).toBeNull();
      expect(reason).toBe('unsuitable_document');
      if (type !== '*') expect(documentType).toBe(type);
    }
  });

  it.each(['german.md', 'half-german.md'])('%s: unsupported_language', async (file) => {
    expect(await ask(file)).toMatchObject({ suggestion: null, reason: 'unsupported_language' });
  });
});

it('an explanation names the rule, the kinds and what was drafted all the same', async () => {
  const { explanation, diagnostics, distance } = await ask('recipe.md', true);
  expect(explanation?.rule).toContain('recipe');
  expect(explanation?.suitability?.kinds[0]?.kind).toBe('recipe');
  const total = explanation?.suitability?.kinds.reduce(
    (sum, { probability }) => sum + probability,
    0,
  );
  expect(total).toBeGreaterThan(0.5);
  expect(total).toBeLessThanOrEqual(1 + 1e-9);
  expect(diagnostics?.candidate).toBeTruthy();
  expect(distance).toBeGreaterThan(0);
});
