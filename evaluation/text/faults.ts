import type { Candidate } from '../../data-cleaning/filter.js';
import { Framing } from '../../data-cleaning/filters/framing.js';

const framing = new Framing();
/** Left-overs of Markdown, HTML, templates and links; a plain sentence has none of them. */
const MARKUP =
  /\]\(|\*\*|__\w|`|<\/?[a-z][^>]*>|&(?:\w+|#\d+);|\{[{%]|\[!\w+|https?:\/\/|^\s*[#>|]|\\[_*[\]]/im;

/** Speaks of the document ("This article…", "Learn how to…") instead of what it says. */
export function opensGenerically(summary: string): boolean {
  return framing.check({ summary } as Candidate) !== undefined;
}

/** Holds markup that was copied from the document. */
export function holdsMarkup(summary: string): boolean {
  return MARKUP.test(summary);
}
