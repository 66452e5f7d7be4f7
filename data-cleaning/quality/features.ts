import { sentences } from '../filters/length.js';
import { contentStems, words } from '../words.js';
import { extractiveness } from './fragments.js';
import { openingKinds, wording } from './wording.js';

/** What the score sees of a pair: the document as rendered, the summary rewritten and as written. */
export interface Pair {
  title: string;
  text: string;
  summary: string;
  rawSummary: string;
}

/** Named numbers of a pair; the names are the columns of the fitted weights. */
export type Features = Record<string, number>;

/** Words of the document's beginning that a summary may repeat. */
const LEAD = 80;
/** Stems that a document uses most: what it is about. */
const FREQUENT = 10;
/** A name from code, such as `readTide`, `read_tide` or `tide.read`. */
const IDENTIFIER = /[a-z][A-Z]|_|\w\.\w|\(|\w::\w/;

const share = (part: number, whole: number): number => part / Math.max(1, whole);

/**
 * Interpretable features of a pair. Ratios lie between 0 and 1, lengths are logarithms, the rest are
 * flags. `flags` are the style filters that object, one feature each.
 */
export function features(pair: Pair, flags: readonly string[]): Features {
  const { title, text, summary, rawSummary } = pair;
  const document = words(text);
  const list = words(summary);
  const { coverage, density, longest } = extractiveness(document, list);
  const stems = [...new Set(contentStems(summary))];
  const titleStems = new Set(contentStems(title));
  const known = new Set(contentStems(`${title}\n${text}`));
  const lead = new Set(contentStems(document.slice(0, LEAD).join(' ')));
  const within = (set: Set<string>) => stems.filter((one) => set.has(one)).length;
  const bigrams = pairs(document);
  const own = list.slice(1).filter((word, at) => !bigrams.has(`${list[at]} ${word}`)).length;
  const lines = text.split('\n');
  const counts = tally(contentStems(text));
  const frequent = [...counts]
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, FREQUENT);
  const count = (stem: string) => Math.log(1 + (counts.get(stem) ?? 0));
  const result: Features = {
    words: Math.log(1 + list.length),
    words_squared: Math.log(1 + list.length) ** 2,
    sentences: sentences(summary),
    document_words: Math.log(1 + document.length),
    coverage,
    density: Math.log(1 + density),
    longest_copy: share(longest, list.length),
    whole_copy: longest === list.length ? 1 : 0,
    novel_bigrams: share(own, list.length - 1),
    supported: share(within(known), stems.length),
    from_title: share(within(titleStems), stems.length),
    title_repeated: share(
      [...titleStems].filter((one) => stems.includes(one)).length,
      titleStems.size,
    ),
    fresh: Math.log(1 + stems.length - within(titleStems)),
    from_lead: share(within(lead), stems.length),
    content: share(stems.length, list.length),
    list_lines: share(lines.filter((line) => line.startsWith('- ')).length, lines.length),
    short_lines: share(lines.filter((line) => words(line).length < 6).length, lines.length),
    title_words: Math.log(1 + words(title).length),
    title_identifier: IDENTIFIER.test(title) ? 1 : 0,
    identifiers: share(
      list.filter((word) => /[._]/.test(word)).length + inner(summary),
      list.length,
    ),
    document_identifiers: share(inner(text), document.length),
    sentence_lines: share(lines.filter((line) => /[.!?]["')]*$/.test(line)).length, lines.length),
    salience: share(
      stems.reduce((sum, stem) => sum + count(stem), 0),
      stems.length,
    ),
    frequent_named: share(
      frequent.filter(([stem]) => stems.includes(stem)).length,
      frequent.length,
    ),
    unnamed_lead: share([...lead].filter((stem) => !stems.includes(stem)).length, lead.size),
    rewritten: rawSummary.trim() === summary ? 0 : 1,
    no_full_stop: /[.!?]["')]*\s*$/.test(rawSummary) ? 0 : 1,
    ...wording(summary),
  };
  for (const kind of openingKinds(summary)) result[`opens_${kind}`] = 1;
  for (const flag of flags) result[`flag_${flag}`] = 1;
  return result;
}

function tally(stems: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const stem of stems) counts.set(stem, (counts.get(stem) ?? 0) + 1);
  return counts;
}

const inner = (text: string): number => text.match(/[a-z][A-Z]|\w_\w|\w::\w/g)?.length ?? 0;

function pairs(list: string[]): Set<string> {
  const set = new Set<string>();
  for (let i = 1; i < list.length; i++) set.add(`${list[i - 1]} ${list[i]}`);
  return set;
}
