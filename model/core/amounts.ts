/** Numbers as words; "one" is left out, since it is mostly no number. */
export const NUMBER_WORDS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    two: '2',
    three: '3',
    four: '4',
    five: '5',
    six: '6',
    seven: '7',
    eight: '8',
    nine: '9',
    ten: '10',
    eleven: '11',
    twelve: '12',
    thirteen: '13',
    fourteen: '14',
    fifteen: '15',
    sixteen: '16',
    seventeen: '17',
    eighteen: '18',
    nineteen: '19',
    twenty: '20',
    thirty: '30',
    forty: '40',
    fifty: '50',
    sixty: '60',
    seventy: '70',
    eighty: '80',
    ninety: '90',
  }),
);

/** The ways to write a month. "may" stands last and alone: it is mostly no month. */
export const MONTHS: readonly (readonly string[])[] = [
  ['january', 'jan'],
  ['february', 'feb'],
  ['march', 'mar'],
  ['april', 'apr'],
  ['may'],
  ['june', 'jun'],
  ['july', 'jul'],
  ['august', 'aug'],
  ['september', 'sep', 'sept'],
  ['october', 'oct'],
  ['november', 'nov'],
  ['december', 'dec'],
];

const UNITS: readonly (readonly string[])[] = [
  ['%', 'percent', 'per cent'],
  ['kb', 'kib', 'kilobytes', 'kilobyte'],
  ['mb', 'mib', 'megabytes', 'megabyte'],
  ['gb', 'gib', 'gigabytes', 'gigabyte'],
  ['tb', 'tib', 'terabytes', 'terabyte'],
  ['ms', 'milliseconds', 'millisecond'],
  ['s', 'sec', 'secs', 'seconds', 'second'],
  ['min', 'mins', 'minutes', 'minute'],
  ['h', 'hr', 'hrs', 'hours', 'hour'],
  ['days', 'day'],
  ['weeks', 'week'],
  ['months', 'month'],
  ['years', 'year'],
  ['mm', 'millimetres', 'millimeters'],
  ['cm', 'centimetres', 'centimeters'],
  ['km', 'kilometres', 'kilometers'],
  ['m', 'metres', 'meters', 'metre', 'meter'],
  ['kg', 'kilograms', 'kilogram'],
  ['g', 'grams', 'gram'],
  ['mhz', 'megahertz'],
  ['ghz', 'gigahertz'],
  ['px', 'pixels'],
  ['million'],
  ['billion', 'bn'],
];
/** Every way to write a unit, with the one name it goes by here. */
export const UNIT_OF: ReadonlyMap<string, string> = new Map(
  UNITS.flatMap(([name, ...more]) =>
    [name, ...more].map((w): [string, string] => [w as string, name as string]),
  ),
);
// The longest first, so that "minutes" is not read as "min".
const NAMES = [...UNIT_OF.keys()].sort((a, b) => b.length - a.length);
const AMOUNT = new RegExp(
  `(?<![\\w.])(\\d+(?:\\.\\d+)?|${[...NUMBER_WORDS.keys()].join('|')})(?:[ -]?(${NAMES.join('|')}))?(?![\\w%]|\\.\\d)`,
  'g',
);

/** A number, digits as a rule, with the unit behind it under one name; '' without one. */
export interface Amount {
  number: string;
  unit: string;
  written: string;
}

/** The numbers of a text with their units: "2 GB", "2 gigabytes" and "two GiB" are the same amount. */
export function amounts(text: string): Amount[] {
  return [...plainNumbers(text.toLowerCase()).matchAll(AMOUNT)].map((match) => {
    const number = match[1] as string;
    const unit = match[2] === undefined ? '' : (UNIT_OF.get(match[2]) ?? '');
    return { number: NUMBER_WORDS.get(number) ?? number, unit, written: match[0] };
  });
}

/** Thousands without commas, and dates of digits with their month as a word. Small letters in. */
export function plainNumbers(text: string): string {
  return text
    .replace(/(\d),(?=\d{3})/g, '$1')
    .replace(/\b(\d{4})-(\d{2})-(\d{2})\b/g, (_, year, month, day) => {
      const [name] = MONTHS[Number(month) - 1] ?? [''];
      return `${Number(day)} ${name} ${year}`;
    });
}
