/** Documents nobody would write, for finding crashes, hangs and wrong offsets. The seed says which. */
export interface RandomDocument {
  text: string;
  title?: string;
  markdown: boolean;
}

/** Numbers in [0, 1) from a seed (mulberry32). */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

type Random = () => number;
const below = (next: Random, n: number) => Math.floor(next() * n);
const pick = <T>(next: Random, list: readonly T[]) => list[below(next, list.length)] as T;
const times = <T>(n: number, make: () => T) => Array.from({ length: n }, make);

const WORDS =
  'the relay deletes old logs after a month and keeps one copy for each open incident in node.js v1.2.3 C++ U.S. e.g. Dr. 3.14 NASA'.split(
    ' ',
  );
const EMOJI = ['👨‍👩‍👧‍👦', '🏳️‍🌈', '👍🏽', '🇲🇹', '1️⃣', '❤️', '🧑🏿‍🚀', '😀'];
const RIGHT_TO_LEFT = ['שלום', 'עולם.', 'مرحبا', 'بالعالم', '\u202eabc\u202c', '\u200f', '۱۲۳'];
const MARKS = [
  '# ',
  '## ',
  '- ',
  '* ',
  '1. ',
  '> ',
  '    ',
  '```\n',
  '| a | b |\n|---|---|\n| ',
  '<div>',
  '<!--',
  '[x]: ',
  '---\n',
];
const INLINE = [
  '**',
  '_',
  '`',
  '~~',
  '](',
  '[',
  '![',
  '<b>',
  '</b>',
  '&amp;',
  '&#x202e;',
  '\\',
  '$$',
  '{{',
  '<!--',
  '-->',
];

const sentence = (next: Random) =>
  `${times(3 + below(next, 20), () => pick(next, WORDS)).join(' ')}${pick(next, ['.', '!', '?', '...', '', '."', '.)'])}`;
const prose = (next: Random, most: number) =>
  times(1 + below(next, most), () => sentence(next)).join(pick(next, [' ', '\n', '\n\n', '\r\n']));
/** One character of any plane, surrogates alone included. */
const character = (next: Random) =>
  next() < 0.1
    ? String.fromCharCode(0xd800 + below(next, 0x800))
    : String.fromCodePoint(below(next, pick(next, [0x20, 0x80, 0x800, 0x10000, 0x110000])));

const KINDS: readonly ((next: Random) => string)[] = [
  (next) => prose(next, 40),
  (next) => times(below(next, 600), () => character(next)).join(''),
  (next) => times(below(next, 300), () => String.fromCharCode(below(next, 0x20))).join(''),
  (next) => pick(next, ['', ' ', 'word', '\0', '.', '😀', '\ud83d', 'a'.repeat(5000)]),
  (next) => times(below(next, 120), () => pick(next, EMOJI)).join(pick(next, ['', ' '])),
  (next) => times(below(next, 200), () => pick(next, RIGHT_TO_LEFT)).join(' '),
  (next) => times(below(next, 60), () => pick(next, MARKS) + sentence(next)).join('\n'),
  (next) => '> '.repeat(below(next, 400)) + '- '.repeat(below(next, 100)) + prose(next, 5),
  (next) =>
    times(below(next, 200), () => pick(next, INLINE) + pick(next, WORDS)).join(
      pick(next, ['', ' ']),
    ),
  (next) => [...prose(next, 20)].map((c) => (next() < 0.05 ? character(next) : c)).join(''),
];
/** One in so many documents is a megabyte without a space. */
const HUGE = 500;

/** The document of a seed; the same one every time. */
export function randomDocument(seed: number): RandomDocument {
  const next = random(seed);
  const text =
    seed % HUGE === HUGE - 1
      ? pick(next, ['a', 'é', '漢', '😀', '\ud800', '-', '#', '`', '[', '\u0301'])
          .repeat(1_000_000)
          .slice(0, 1_000_000)
      : times(1 + below(next, 3), () => pick(next, KINDS)(next)).join('\n\n');
  const markdown = next() < 0.6;
  return next() < 0.3 ? { text, markdown, title: prose(next, 1) } : { text, markdown };
}
