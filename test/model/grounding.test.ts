import { describe, expect, it } from 'vitest';
import { ungrounded } from '../../model/core/index.js';

const document = `Rotating logs with Kubernetes 1.29
The service was written by Ada Lovelace in 1843, costs 1,200 dollars and runs on Node.js.
It needs the X-Frame-Options header, several APIs and 2.5 GB of memory; Azure hosts it.`;

describe('ungrounded', () => {
  it.each([
    'Ada Lovelace wrote it in 1843.',
    'It costs 1200 dollars.',
    'It costs 1,200 dollars.',
    "Lovelace's service runs on Node.js.",
    'It uses an API and KUBERNETES 1.29.',
    'Set X-Frame-Options.',
    'It has 2.5 GB.',
    'Unknown words at the start are no names.',
    'First. Then more.',
    'I think I need it.',
    '"Then it runs," she wrote.',
  ])('finds everything of "%s"', (text) => expect(ungrounded(text, document)).toEqual([]));

  it.each([
    ['Ada Byron wrote it.', ['Byron']],
    ['It was written in 1844.', ['1844']],
    ['It was written in 184.', ['184']],
    ['It costs 200 dollars.', ['200']],
    ['It needs 5 GB.', ['5']],
    ['It needs 2 GB.', ['2']],
    ['OpenStack hosts it.', ['OpenStack']],
    ['It runs on Kubernetes 1.3 and Node.', ['1.3']],
  ])('misses what "%s" made up', (text, missing) => {
    expect(ungrounded(text, document)).toEqual(missing);
  });

  it('stays quick on a document of a megabyte', () => {
    const started = performance.now();
    const long = '1'.repeat(1_000_000);
    expect(ungrounded('It has 12, 13 and Names.', long)).toHaveLength(3);
    expect(performance.now() - started).toBeLessThan(1000);
  });
});
