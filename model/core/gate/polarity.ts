import { stem, wordsOf } from '../words.js';

const NEGATIONS = new Set(
  "not no never none neither nor cannot can't don't doesn't didn't won't isn't aren't wasn't weren't shouldn't mustn't couldn't wouldn't without unable nothing nobody".split(
    ' ',
  ),
);
/** Words of opposite meaning, as stems. */
const OPPOSITES: readonly (readonly [string, string])[] = [
  ['increase', 'decrease'],
  ['enable', 'disable'],
  ['allow', 'prevent'],
  ['allow', 'deny'],
  ['allow', 'forbid'],
  ['allowed', 'prohibited'],
  ['support', 'unsupported'],
  ['supported', 'unsupported'],
  ['before', 'after'],
  ['more', 'less'],
  ['more', 'fewer'],
  ['above', 'below'],
  ['minimum', 'maximum'],
  ['least', 'most'],
  ['add', 'remove'],
  ['open', 'close'],
  ['accept', 'reject'],
  ['always', 'never'],
  ['faster', 'slower'],
  ['higher', 'lower'],
  ['start', 'stop'],
  ['include', 'exclude'],
  ['required', 'optional'],
  ['rise', 'fall'],
  ['possible', 'impossible'],
  ['secure', 'insecure'],
  ['valid', 'invalid'],
  ['available', 'unavailable'],
  ['gain', 'lose'],
  ['win', 'lose'],
  ['encrypt', 'decrypt'],
  ['upgrade', 'downgrade'],
  ['public', 'private'],
];
const STEMS = OPPOSITES.map(([a, b]): [string, string] => [stem(a), stem(b)]);

/**
 * How a sentence contradicts its sources by its form: a negation on one side only, or a word where the
 * sources have its opposite. Each finding as `not` or `more/less`. A sign, no proof: a sentence may be
 * about a part of its source that is not negated.
 *
 * @param sources the sentences it rests on; none finds nothing.
 */
export function flips(sentence: string, sources: readonly string[]): string[] {
  if (sources.length === 0) return [];
  const own = wordsOf(sentence);
  const theirs = wordsOf(sources.join(' '));
  const found: string[] = [];
  const negated = count(own);
  if (negated > 0 !== count(theirs) > 0) found.push('not');
  const stems = new Set(own.map(stem));
  const source = new Set(theirs.map(stem));
  for (const [a, b] of STEMS) {
    for (const [mine, other] of [
      [a, b],
      [b, a],
    ] as const) {
      if (stems.has(mine) && !stems.has(other) && source.has(other) && !source.has(mine)) {
        found.push(`${mine}/${other}`);
      }
    }
  }
  return found;
}

function count(words: readonly string[]): number {
  return words.filter((word) => NEGATIONS.has(word)).length;
}
