import { amounts, MONTHS, NUMBER_WORDS, plainNumbers, UNIT_OF } from './amounts.js';
import { FUNCTION_WORDS, IMPERATIVES } from './gate/lexicon.js';
import { latest } from './latest.js';

/** A word with what belongs inside it: "v1.2.3", "node.js", "C++", "don't", "X-Frame-Options". */
const WORD = /[\p{L}\p{N}_][\p{L}\p{N}\p{M}_.,:'/@-]*[\p{L}\p{N}_+#]|[\p{L}\p{N}_]/gu;
/** A term between double quotes or back-ticks; with a comma or full stop inside it is speech. */
const QUOTED = /"([^"]{1,79}[^".,!?])"|`([^`]{2,80})`/g;

/**
 * The numbers, names, dates, versions and quoted terms of a suggestion that its document does not
 * contain. A name is a word with a capital letter. At a sentence's start any word is written large:
 * there only one with a capital or digit further inside counts, or one before another name that is no
 * plain English word. Not held against a word: letter case, a plural or possessive ending, the commas
 * of a number, a `v` before a version, digits or letters for a number, another way to write a date or
 * a unit. The same number with another unit is not the same.
 *
 * @param document everything the document says, title included.
 */
export function ungrounded(suggestion: string, document: string): string[] {
  const { text, measured } = read(document);
  const missing = quotedMissing(suggestion, text);
  for (const [date] of suggestion.matchAll(/\b\d{4}-\d{2}-\d{2}\b/g)) {
    if (!contains(text, fold(date))) missing.push(date);
  }
  for (const { number, unit, written } of amounts(suggestion)) {
    const same = measured.filter((other) => other.number === number);
    const fits = same.some((other) => !unit || !other.unit || other.unit === unit);
    if (!fits && (unit || !anyForm(text, number))) missing.push(written);
  }
  for (const match of suggestion.matchAll(WORD)) {
    const word = match[0];
    const first = startsSentence(suggestion, match.index);
    const next = suggestion.slice(match.index + word.length);
    if (!needsSource(word, first, next) || amounts(word).length > 0) continue;
    if (!anyForm(text, word) && !(first && begun(text, word))) missing.push(word);
  }
  return [...new Set(missing)];
}

/** A document is read once for all its candidates. */
const read = latest((document: string) => ({
  text: fold(document),
  measured: amounts(document),
}));

function quotedMissing(suggestion: string, text: string): string[] {
  const quoted = [...suggestion.matchAll(QUOTED)].map((match) => (match[1] ?? match[2]) as string);
  return quoted.filter((term) => !text.includes(fold(term)));
}

function needsSource(word: string, first: boolean, next: string): boolean {
  if (/\p{N}/u.test(word)) return true;
  // Units are looked at beside their numbers.
  if (UNIT_OF.has(word.toLowerCase())) return false;
  if (/^I(?:'\w+)?$/.test(word)) return false;
  const small = word.toLowerCase();
  if (NUMBER_WORDS.has(small)) return true;
  if (!first) return /\p{Lu}/u.test(word);
  if (/.\p{Lu}/u.test(word)) return true;
  // "Zeus Smith wrote it": a second name makes the first word one, too.
  const plain = FUNCTION_WORDS.has(small) || IMPERATIVES.has(small) || /(?:ing|ed|ly)$/.test(small);
  return !plain && /^ \p{Lu}\p{Ll}/u.test(next) && !/^ I\b/.test(next);
}

function startsSentence(text: string, index: number): boolean {
  return /(?:^|[.!?:]["')\]]*\s+)["'([\-\s]*$/.test(text.slice(Math.max(0, index - 8), index));
}

function fold(text: string): string {
  return plainNumbers(text.toLowerCase().replace(/[\u2018\u2019]/g, "'"));
}

function anyForm(text: string, word: string): boolean {
  return forms(fold(word)).some((form) => contains(text, form));
}

/** "Deployment" where the document says "deploying": five letters in common are enough at a start. */
function begun(text: string, word: string): boolean {
  return /^\p{Lu}\p{Ll}{4,}$/u.test(word) && ` ${text}`.includes(` ${fold(word).slice(0, 5)}`);
}

/** The word, without its ending, and what else may be written for it. */
function forms(word: string): string[] {
  const bare = word.replace(/'s?$/, '');
  const all = [word, bare];
  if (/\p{L}s$/u.test(bare)) all.push(bare.slice(0, -1));
  else if (/\p{L}$/u.test(bare)) all.push(`${bare}s`);
  if (/^v\d/.test(bare)) all.push(bare.slice(1));
  else if (/^\d+\.\d/.test(bare)) all.push(`v${bare}`);
  const number = NUMBER_WORDS.get(bare);
  if (number) all.push(number);
  for (const [words, digits] of NUMBER_WORDS) if (digits === bare) all.push(words);
  const month = MONTHS.find((names) => names.includes(bare));
  return month ? [...all, ...month] : all;
}

/** Whether `text` has `word` with nothing of a word on either side. */
function contains(text: string, word: string): boolean {
  for (let at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
    if (!joins(text, at - 1, -1) && !joins(text, at + word.length, 1)) return true;
  }
  return false;
}

/** Whether the character at `index` would make the word longer; "2.5" does not contain "2". */
function joins(text: string, index: number, direction: 1 | -1): boolean {
  const character = text[index] ?? ' ';
  if (/[\p{L}\p{N}]/u.test(character)) return true;
  return (
    /[.,]/.test(character) &&
    /\d/.test(text[index + direction] ?? ' ') &&
    /\d/.test(text[index - direction] ?? ' ')
  );
}
