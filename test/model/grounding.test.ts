import { describe, expect, it } from 'vitest';
import { ungrounded } from '../../model/core/index.js';

const document = `Rotating logs with Kubernetes 1.29
The service was written by Ada Lovelace in 1843, costs 1,200 dollars and runs on Node.js.
It needs the X-Frame-Options header, several APIs and 2.5 GB of memory; Azure hosts it.
Release v2.4.1 of 2026-11-03 keeps logs for seven days, uses 40% less space and three workers.
The team calls this "quiet rotation" and runs \`kubectl logs\` for 90 seconds.`;

describe('ungrounded', () => {
  it.each([
    'Ada Lovelace wrote it in 1843.',
    'It costs 1200 dollars.',
    'It costs 1,200 dollars.',
    "Lovelace's service runs on Node.js.",
    'It uses an API and KUBERNETES 1.29.',
    'Set X-Frame-Options.',
    'It has 2.5 GB.',
    'It has 2.5GB, or 2.5 gigabytes.',
    'Unknown words at the start are no names.',
    'First. Then more.',
    'I think I need it.',
    '"Then it runs," she wrote.',
    'It keeps them for 7 days with 3 workers.',
    'Logs are kept for seven days by three workers.',
    'It takes 40 % less space, 40 percent less.',
    'Version 2.4.1 came on 3 November 2026.',
    'On Nov 3, 2026 came v2.4.1.',
    'On 2026-11-03 it came.',
    'It is called "quiet rotation".',
    'It runs "Kubectl logs" for 90 s.',
    'Using Kubernetes is enough.',
    'Rotation Kubernetes style.',
  ])('finds everything of "%s"', (text) => expect(ungrounded(text, document)).toEqual([]));

  it.each([
    ['Ada Byron wrote it.', ['Byron']],
    ['It was written in 1844.', ['1844']],
    ['It was written in 184.', ['184']],
    ['It costs 200 dollars.', ['200']],
    ['It needs 5 GB.', ['5 gb']],
    ['It needs 2 GB.', ['2 gb']],
    ['It needs 2.5 MB.', ['2.5 mb']],
    ['It waits for 90 minutes.', ['90 minutes']],
    ['It has five workers.', ['five']],
    ['OpenStack hosts it.', ['OpenStack']],
    ['It runs on Kubernetes 1.3 and Node.', ['1.3']],
    ['Version 2.4.2 keeps them.', ['2.4.2']],
    ['It came on 2026-12-03.', ['2026-12-03']],
    ['It came on 3 December 2026.', ['December']],
    ['It is called "noisy rotation".', ['noisy rotation']],
    ['Zeus Lovelace wrote it.', ['Zeus']],
  ])('misses what "%s" made up', (text, missing) => {
    expect(ungrounded(text, document)).toEqual(missing);
  });

  it('gives an answer on a document of a megabyte without a space', () => {
    expect(ungrounded('It has 12, 13 and Names.', '1'.repeat(1_000_000))).toHaveLength(3);
  });
});
