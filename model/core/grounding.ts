/** A word with what belongs inside it: "v1.2.3", "node.js", "C++", "don't", "X-Frame-Options". */
const WORD = /[\p{L}\p{N}_][\p{L}\p{N}\p{M}_.,:'/@-]*[\p{L}\p{N}_+#]|[\p{L}\p{N}_]/gu;

/**
 * The numbers and names of a suggestion that its document does not contain. A name is a word with a
 * capital letter; at a sentence's start only one with a capital or digit further inside counts,
 * since any word is written large there. Letter case, a plural or possessive ending and the commas of
 * a number are not held against it.
 *
 * @param document everything the document says, title included.
 */
export function ungrounded(suggestion: string, document: string): string[] {
  const text = fold(document);
  const missing: string[] = [];
  for (const match of suggestion.matchAll(WORD)) {
    const word = match[0];
    if (!needsSource(word, startsSentence(suggestion, match.index))) continue;
    if (!forms(fold(word)).some((form) => contains(text, form))) missing.push(word);
  }
  return missing;
}

function needsSource(word: string, first: boolean): boolean {
  if (/\p{N}/u.test(word)) return true;
  if (/^I(?:'\w+)?$/.test(word)) return false;
  return first ? /.\p{Lu}/u.test(word) : /\p{Lu}/u.test(word);
}

function startsSentence(text: string, index: number): boolean {
  return /(?:^|[.!?:]["')\]]*\s+)["'([\-\s]*$/.test(text.slice(Math.max(0, index - 8), index));
}

function fold(text: string): string {
  return text
    .toLowerCase()
    .replace(/[\u2018\u2019]/g, "'")
    .replace(/(\d),(?=\d{3})/g, '$1');
}

/** The word, without its ending, and its hyphenated parts together count as found. */
function forms(word: string): string[] {
  const bare = word.replace(/'s?$/, '');
  const all = [word, bare];
  if (/\p{L}s$/u.test(bare)) all.push(bare.slice(0, -1));
  else if (/\p{L}$/u.test(bare)) all.push(`${bare}s`);
  return all;
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
