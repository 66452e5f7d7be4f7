import { describe, expect, it } from 'vitest';
import { fingerprint, NearCopies } from '../../data-cleaning/duplicates/reserved.js';
import { BODY } from './candidates.js';

const other = Array.from({ length: 300 }, (_, i) => `word${i * 7} thing${i}`).join(' ');

describe('NearCopies', () => {
  const known = new NearCopies();
  known.add('tides', fingerprint(BODY));

  it('finds a copy whatever its case and punctuation', () => {
    expect(known.find(fingerprint(BODY.toUpperCase().replace(/[.,]/g, ' ;')))).toEqual({
      id: 'tides',
      share: 1,
    });
  });

  it('finds a copy with a changed paragraph, and one inside a longer document', () => {
    expect(
      known.find(fingerprint(BODY.replace(/## What[\s\S]*/, 'Nobody knows the cost.')))?.id,
    ).toBe('tides');
    expect(known.find(fingerprint(`${other} ${BODY} ${other}`))?.id).toBe('tides');
  });

  it('lets a document pass that shares one sentence', () => {
    const shared =
      'Volunteers clean the gauge twice a year, and the readings are open for anyone to use.';
    expect(known.find(fingerprint(`${other} ${shared}`))).toBeUndefined();
    expect(known.find(fingerprint('short'))).toBeUndefined();
  });
});
