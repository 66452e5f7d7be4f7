/**
 * Porter's stemmer (Program 14.3, 1980) with the changes of NLTK, which Google's `rouge-score` stems
 * with: the same stems as `nltk.stem.porter.PorterStemmer()`, so that ROUGE comes out the same.
 */

const IRREGULAR: Readonly<Record<string, string>> = {
  sky: 'sky',
  skies: 'sky',
  dying: 'die',
  lying: 'lie',
  tying: 'tie',
  news: 'news',
  innings: 'inning',
  inning: 'inning',
  outings: 'outing',
  outing: 'outing',
  cannings: 'canning',
  canning: 'canning',
  howe: 'howe',
  proceed: 'proceed',
  exceed: 'exceed',
  succeed: 'succeed',
};

type Condition = (stem: string) => boolean;
/** Suffix, what replaces it; the first rule whose suffix fits decides, whether its condition holds or not. */
type Rule = readonly [suffix: string, replacement: string, condition?: Condition];

const positive: Condition = (stem) => measure(stem) > 0;
const aboveOne: Condition = (stem) => measure(stem) > 1;

const PLURALS: readonly Rule[] = [
  ['sses', 'ss'],
  ['ies', 'i'],
  ['ss', 'ss'],
  ['s', ''],
];
const DOUBLE_SUFFIXES: readonly Rule[] = [
  ...(
    [
      ['ational', 'ate'],
      ['tional', 'tion'],
      ['enci', 'ence'],
      ['anci', 'ance'],
      ['izer', 'ize'],
      ['bli', 'ble'],
      ['alli', 'al'],
      ['entli', 'ent'],
      ['eli', 'e'],
      ['ousli', 'ous'],
      ['ization', 'ize'],
      ['ation', 'ate'],
      ['ator', 'ate'],
      ['alism', 'al'],
      ['iveness', 'ive'],
      ['fulness', 'ful'],
      ['ousness', 'ous'],
      ['aliti', 'al'],
      ['iviti', 'ive'],
      ['biliti', 'ble'],
      ['fulli', 'ful'],
    ] as const
  ).map(([suffix, replacement]) => [suffix, replacement, positive] as const),
  ['logi', 'log', (stem) => positive(`${stem}l`)],
];
const ENDINGS: readonly Rule[] = (
  [
    ['icate', 'ic'],
    ['ative', ''],
    ['alize', 'al'],
    ['iciti', 'ic'],
    ['ical', 'ic'],
    ['ful', ''],
    ['ness', ''],
  ] as const
).map(([suffix, replacement]) => [suffix, replacement, positive]);
const LONG_STEM_ENDINGS: readonly Rule[] = [
  ...['al', 'ance', 'ence', 'er', 'ic', 'able', 'ible', 'ant', 'ement', 'ment', 'ent'].map(
    (suffix) => [suffix, '', aboveOne] as const,
  ),
  ['ion', '', (stem) => aboveOne(stem) && /[st]$/.test(stem)],
  ...['ou', 'ism', 'ate', 'iti', 'ous', 'ive', 'ize'].map(
    (suffix) => [suffix, '', aboveOne] as const,
  ),
];

/** The stem of a lower-case word of a-z and 0-9. */
export function stem(word: string): string {
  const known = Object.hasOwn(IRREGULAR, word) ? IRREGULAR[word] : undefined;
  if (known !== undefined) return known;
  if (word.length <= 2) return word;
  const singular = /^.ies$/.test(word) ? word.slice(0, -1) : apply(word, PLURALS);
  const doubled = doubleSuffix(finalY(tense(singular)));
  return finalL(finalE(apply(apply(doubled, ENDINGS), LONG_STEM_ENDINGS)));
}

function tense(word: string): string {
  if (word.endsWith('ied')) return word.slice(0, word.length === 4 ? -1 : -2);
  if (word.endsWith('eed')) return positive(word.slice(0, -3)) ? word.slice(0, -1) : word;
  const suffix = ['ed', 'ing'].find(
    (ending) => word.endsWith(ending) && flags(word.slice(0, -ending.length)).includes('v'),
  );
  if (!suffix) return word;
  const left = word.slice(0, -suffix.length);
  if (/(?:at|bl|iz)$/.test(left)) return `${left}e`;
  if (endsDoubleConsonant(left)) return /[lsz]$/.test(left) ? left : left.slice(0, -1);
  return measure(left) === 1 && endsShort(left) ? `${left}e` : left;
}

function finalY(word: string): string {
  if (!word.endsWith('y')) return word;
  const left = word.slice(0, -1);
  return left.length > 1 && flags(left).endsWith('c') ? `${left}i` : word;
}

function doubleSuffix(word: string): string {
  const again = word.endsWith('alli') && positive(word.slice(0, -4));
  return again ? doubleSuffix(word.slice(0, -2)) : apply(word, DOUBLE_SUFFIXES);
}

function finalE(word: string): string {
  if (!word.endsWith('e')) return word;
  const left = word.slice(0, -1);
  const m = measure(left);
  return m > 1 || (m === 1 && !endsShort(left)) ? left : word;
}

function finalL(word: string): string {
  return word.endsWith('ll') && measure(word.slice(0, -1)) > 1 ? word.slice(0, -1) : word;
}

function apply(word: string, rules: readonly Rule[]): string {
  const rule = rules.find(([suffix]) => word.endsWith(suffix));
  if (!rule) return word;
  const [suffix, replacement, condition] = rule;
  const left = word.slice(0, word.length - suffix.length);
  return !condition || condition(left) ? left + replacement : word;
}

/** `c` for each consonant and `v` for each vowel; y is a vowel behind a consonant. */
function flags(word: string): string {
  let out = '';
  for (const letter of word) {
    const vowel = /[aeiou]/.test(letter) || (letter === 'y' && out.endsWith('c'));
    out += vowel ? 'v' : 'c';
  }
  return out;
}

/** How many times a vowel is followed by a consonant. */
function measure(word: string): number {
  return flags(word).split('vc').length - 1;
}

function endsDoubleConsonant(word: string): boolean {
  return word.length >= 2 && word.at(-1) === word.at(-2) && flags(word).endsWith('c');
}

/** Ends consonant, vowel, consonant (not w, x, y), or is a vowel and a consonant. */
function endsShort(word: string): boolean {
  const f = flags(word);
  return (f.endsWith('cvc') && !/[wxy]$/.test(word)) || f === 'vc';
}
