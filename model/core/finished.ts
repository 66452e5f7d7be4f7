/** Full stop, question or exclamation mark, with closing quotes and brackets behind it. */
const CLOSED = /[.!?\u3002\uff01\uff1f]["'\u201d\u2019)\]\u00bb]*$/;
/** Ends that only look like one. */
const DANGLING =
  /(?:\.\.|\u2026|\b(?:e\.g|i\.e|vs|cf|dr|mr|mrs|ms|prof|fig|no|approx)\.)["')\]]*$/i;
const PAIRS: readonly (readonly [string, string])[] = [
  ['(', ')'],
  ['[', ']'],
];

/**
 * Whether a text ends in a finished sentence: its last character closes one, every bracket and
 * double quote that opens also closes, and there is at least one word of letters.
 */
export function isFinished(text: string): boolean {
  const trimmed = text.trim();
  if (!CLOSED.test(trimmed) || DANGLING.test(trimmed) || !/\p{L}{2,}/u.test(trimmed)) return false;
  if (count(trimmed, '"') % 2 !== 0) return false;
  return PAIRS.every(([open, close]) => count(trimmed, open) === count(trimmed, close));
}

function count(text: string, character: string): number {
  return text.split(character).length - 1;
}
