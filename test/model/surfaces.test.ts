import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { normalise } from '../../documents/index.js';
import { loadBundle } from '../../model/bundle.js';
import { sentences, type Tokenizer, ungrounded } from '../../model/core/index.js';
import { defaultBundle } from '../../model/place.js';
import { loadTokenizer } from '../../model/tokenizer.js';

/** Written forms that a detokeniser, a truecaser or a sentence splitter likes to break. */
const surfaces = [
  'Use C++ or C# with .NET 8 on Windows.',
  'Release v1.2.3-rc.1 follows 1.2.2 (see CHANGELOG.md).',
  'node.js and Next.js run it; npm installs it.',
  'The U.S. Army and the E.U. agreed at 9 a.m. on Monday.',
  'He said “don’t” and “stop,” then left.',
  'It takes 10\u00a0kg of flour and 3.5\u202f% of salt.',
  'Set X-Frame-Options: DENY in /etc/nginx/nginx.conf.',
  'Run `kubectl get pods -n kube-system` twice.',
  'The iPhone, eBay and macOS keep their letters.',
  'Prices rose by $4.50 (3%) from 1,000 to 1,500.',
  "O'Neill's café isn't in Malmö.",
  'Call foo_bar(x=1, y="a") & wait.',
  'See https://example.com/a?b=c#d for @types/node.',
  'An e-mail to a.b@example.com costs $0.',
];

describe.skipIf(!existsSync(join(defaultBundle, 'manifest.json')))('the shipped tokenizer', () => {
  let tokenizer: Tokenizer;
  beforeAll(async () => {
    tokenizer = await loadTokenizer((await loadBundle(defaultBundle)).tokenizer);
  });

  it.each(surfaces)('%s: every character survives', (text) => {
    const known = normalise(text);
    expect(tokenizer.decode(tokenizer.encode(known))).toBe(known);
  });
});

describe('written forms', () => {
  it.each(surfaces)('%s: is one sentence, grounded in itself', (text) => {
    const known = normalise(text);
    expect(sentences(known)).toEqual([{ start: 0, end: known.length }]);
    expect(ungrounded(known, text)).toEqual([]);
    expect(ungrounded(known, known)).toEqual([]);
  });
});
