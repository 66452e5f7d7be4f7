/** Characters after which a new section may begin, must begin, and must begin even inside a table. */
const WANTED = 1500;
const FORCED = 3000;
const LONGEST = 20_000;

const FENCE = /^[ \t]{0,12}(`{3,}|~{3,})/;
/** A line that stands for itself: a heading or a list item at the margin. */
const FRESH = /^(?:#{1,6} |[-*+] |\d{1,9}[.)] )/;

/**
 * Start offsets of parts of a Markdown text that can be parsed one by one, with the same result.
 * A Markdown parser needs quadratic time for some inputs; for parts of bounded size it cannot.
 */
export function sections(text: string): number[] {
  const starts = [0];
  let start = 0;
  let at = 0;
  let fence = '';
  let blank = true;
  for (const line of text.match(/[^\n]*\n|[^\n]+$/g) ?? []) {
    const length = at - start;
    const margin = blank && /^[^\s]/.test(line);
    const free = fence === '' && !/^[ \t>]*\|/.test(line);
    if (
      (length > WANTED && fence === '' && (margin || FRESH.test(line))) ||
      (length > FORCED && free) ||
      length > LONGEST
    ) {
      starts.push(at);
      start = at;
    }
    const opener = FENCE.exec(line)?.[1];
    if (fence !== '') {
      if (opener && opener[0] === fence[0] && opener.length >= fence.length) fence = '';
    } else if (opener) fence = opener;
    blank = line.trim() === '';
    at += line.length;
  }
  return starts;
}
