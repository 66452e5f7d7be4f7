import { describe, expect, it } from 'vitest';
import { lead } from '../../evaluation/baselines/lead.js';
import { textRank } from '../../evaluation/baselines/textrank.js';
import { holdsMarkup, opensGenerically } from '../../evaluation/text/faults.js';
import { extractive, novelty, repeats } from '../../evaluation/text/fragments.js';

const document = 'The old ferry office is now a seed library. Anyone may take seeds home.';

describe('how much is copied', () => {
  it('is all of a sentence of the document', () => {
    const copied = 'Anyone may take seeds home.';
    expect(extractive(copied, document)).toEqual({ coverage: 1, density: 5 });
    expect(novelty(copied, document)).toBe(0);
  });

  it('counts two pieces of one sentence by their lengths', () => {
    const { coverage, density } = extractive('The old ferry lends seeds home', document);
    expect(coverage).toBeCloseTo(5 / 6);
    expect(density).toBeCloseTo((9 + 4) / 6);
  });

  it('is nothing of other words', () => {
    expect(extractive('Ships sail north', document)).toEqual({ coverage: 0, density: 0 });
    expect(novelty('Ships sail north', document)).toBe(1);
  });
});

describe('faults', () => {
  it('sees a loop and lets a word come back', () => {
    expect(repeats('The town opens the town opens a library.')).toBe(true);
    expect(repeats('The town opens a library and the school a lab.')).toBe(false);
  });

  it.each([
    'This article describes how seeds are lent.',
    'Learn how to lend seeds.',
    'A guide to lending seeds.',
  ])('calls "%s" generic', (text) => expect(opensGenerically(text)).toBe(true));

  it('does not call content generic', () => {
    expect(opensGenerically('The old ferry office lends seeds to anyone.')).toBe(false);
  });

  it.each([
    'See [the guide](a.md).',
    'Use **bold**.',
    'Run `make`.',
    'A &amp; B.',
    'See <b>x</b>.',
  ])('finds markup in "%s"', (text) => expect(holdsMarkup(text)).toBe(true));

  it('finds none in prose with odd characters', () => {
    expect(holdsMarkup('C# and R&D cost 5 * 3 < 20 (see snake_case).')).toBe(false);
  });
});

describe('what others would suggest', () => {
  const lines = [
    'Welcome',
    'Cats sleep most of the day in the sun. Dogs sleep in the sun too.',
    'Cats and dogs sleep in the sun of the day. Prices rose by a tenth last winter.',
  ];

  it('starts with the first finished sentences', () => {
    expect(lead(lines, 1)).toBe('Cats sleep most of the day in the sun.');
    expect(lead(lines, 2)).toBe(
      'Cats sleep most of the day in the sun. Dogs sleep in the sun too.',
    );
    expect(lead(['- only', 'fragments'], 2)).toBe('- only');
  });

  it('ranks the sentence that shares most with the others', () => {
    expect(textRank(lines, 1)).toBe('Cats and dogs sleep in the sun of the day.');
    expect(textRank(lines, 3)).not.toContain('Prices');
  });

  it('gives a document of one sentence that sentence', () => {
    expect(textRank(['Only one sentence is here.'], 2)).toBe('Only one sentence is here.');
  });
});
