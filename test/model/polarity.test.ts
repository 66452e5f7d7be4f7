import { describe, expect, it } from 'vitest';
import { flips } from '../../model/core/index.js';

describe('flips', () => {
  it.each([
    ['The relay deletes logs.', 'The relay does not delete logs.', ['not']],
    ['Never restart the node.', 'Restart the node after an update.', ['not']],
    [
      'The change increases latency.',
      'The change decreases latency by a third.',
      ['increas/decreas'],
    ],
    ['Backups are disabled.', 'Backups are enabled by default.', ['disabl/enabl']],
  ])('"%s" against "%s"', (sentence, source, found) => {
    expect(flips(sentence, [source])).toEqual(found);
  });

  it.each([
    ['The relay keeps logs.', 'The relay keeps logs for a week.'],
    ['Logs are not kept.', 'The relay never keeps its logs.'],
    ['It can be enabled or disabled.', 'The option enables it; another disables it.'],
  ])('nothing in "%s" against "%s"', (sentence, source) => {
    expect(flips(sentence, [source])).toEqual([]);
  });

  it('says nothing without a source', () => expect(flips('Nothing is lost.', [])).toEqual([]));
});
