import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { headline } from '../../model/core/index.js';

describe('headline', () => {
  it.each([
    ['Old logs are deleted after a month.', 'Old logs are deleted after a month'],
    ['This article explains how to rotate relay logs.', 'How to rotate relay logs'],
    ['In this guide, you will learn how to rotate logs.', 'How to rotate logs'],
    [
      'Use feature flags (see the guide for teams that release often) to ship safely every day.',
      'Use feature flags to ship safely every day',
    ],
    [
      'The relay compresses old logs every night, which keeps the disk from filling up within a week.',
      'The relay compresses old logs every night',
    ],
    [
      'The reader takes many formats, such as Markdown, HTML, plain text and documents of Word.',
      'The reader takes many formats',
    ],
    ['Does C++ v1.2.3 run on node.js?', 'Does C++ v1.2.3 run on node.js?'],
    ['This page describes npm and its scripts.', 'npm and its scripts'],
    ['This topic covers creating a volume.', 'Creating a volume'],
  ])('%s', (sentence, expected) => expect(headline(sentence, 12)).toBe(expected));

  it.each([
    // A restrictive clause or a condition says what is true of what: nothing may go.
    'A volatile function that uses many arguments recalculates whenever any of those arguments changes its value.',
    'If the disk of the relay fills up before midnight, the oldest logs are deleted at once.',
    'Logs are deleted after a month, but not when an incident that concerns them is open.',
  ])('has none for: %s', (sentence) => expect(headline(sentence, 12)).toBe(null));

  it('keeps to its words, all of them the sentence’s own, in order', () => {
    const word = fc.constantFrom(
      'the',
      'log',
      '(aside)',
      'which',
      'is',
      'old,',
      'such',
      'as',
      '"a"',
      'x;',
    );
    const sentence = fc
      .array(word, { minLength: 1, maxLength: 30 })
      .map((w) => `The ${w.join(' ')}.`);
    fc.assert(
      fc.property(sentence, fc.constantFrom(12, 17), (text, most) => {
        const found = headline(text, most);
        if (found === null) return;
        const words = found.split(' ');
        expect(words.length).toBeLessThanOrEqual(most);
        let from = 0;
        const source = text.toLowerCase();
        for (const part of words) {
          const at = source.indexOf(part.toLowerCase().replace(/[.,;]+$/, ''), from);
          expect(at).toBeGreaterThanOrEqual(0);
          from = at;
        }
      }),
    );
  });
});
