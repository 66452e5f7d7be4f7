import { beginning, type LaidOut, type LaidOutBlock } from './layout.js';
import { FUNCTION_WORDS, IMPERATIVES, LEXICON } from './lexicon.js';
import { marksOf } from './marks.js';

/** A number a name, in a fixed order: what a document looks like, apart from what it says. */
export type Surface = Record<string, number>;

const KINDS = ['heading', 'paragraph', 'list-item', 'quote', 'table', 'code'] as const;
const WORD = /[\p{L}\p{N}][\p{L}\p{N}'_]*/gu;

/**
 * Surface features of a document's beginning, computed from its blocks: shares of characters by block
 * kind, sentence statistics, character classes, and how often the words of `LEXICON` stand in a hundred.
 * Every value is finite and roughly between 0 and 10, whatever the document.
 */
export function surfaceOf(document: LaidOut): Surface {
  const blocks = beginning(document);
  const text = blocks.map((block) => block.text).join('\n');
  const words = text.match(WORD) ?? [];
  const found: Surface = {
    ...layout(blocks, text.length),
    ...sentencesOf(blocks),
    ...lines(blocks, document.source),
    ...characters(text),
    ...vocabulary(words),
    ...lexicon(text, words.length),
    ...headings(blocks, document.title ?? ''),
    ...marksOf(blocks, document.source, document.title ?? ''),
  };
  return { ...found, ...signs(found) };
}

/** Whether there is any: one check box says more than the step from ten to eleven. */
function signs(found: Surface): Surface {
  return Object.fromEntries(
    Object.entries(found).map(([name, value]) => [`any ${name}`, value > 0 ? 1 : 0]),
  );
}

function layout(blocks: readonly LaidOutBlock[], all: number): Surface {
  const found: Surface = { blocks: Math.log1p(blocks.length), characters: Math.log1p(all) };
  for (const kind of KINDS) {
    const own = blocks.filter((block) => block.kind === kind);
    found[`${kind} share`] = share(sum(own.map(({ text }) => text.length)), all);
    found[`${kind} count`] = share(own.length, blocks.length);
  }
  return found;
}

/** Paragraphs that are prose say something in several sentences; forms, lists and indexes do not. */
function sentencesOf(blocks: readonly LaidOutBlock[]): Surface {
  const texts = blocks.filter(({ kind }) => kind === 'paragraph' || kind === 'list-item');
  const lengths = texts.map(({ text }) => countWords(text));
  const all = sum(lengths);
  const long = sum(lengths.filter((length) => length >= 25));
  const ends = texts.filter(({ text }) => /[.!?]["')\]]*$/.test(text)).length;
  const colons = texts.filter(({ text }) => text.endsWith(':')).length;
  const fields = texts.filter(({ text }) => /^[\p{Lu}][^.!?:]{0,40}:(?:\s|$)/u.test(text)).length;
  const marks = sum(texts.map(({ text }) => text.match(/[.!?](?=["')\]]*(?:\s|$))/g)?.length ?? 0));
  const questions = sum(texts.map(({ text }) => text.match(/\?(?=\s|$)/g)?.length ?? 0));
  const starts = texts.map(({ text }) => /^[\p{L}]+/u.exec(text)?.[0].toLowerCase() ?? '');
  const items = blocks.filter(({ kind }) => kind === 'list-item');
  return {
    'words a block': Math.log1p(share(all, texts.length)),
    'longest block': Math.log1p(Math.max(0, ...lengths)),
    'prose share': share(long, all),
    'words a sentence': Math.log1p(share(all, Math.max(marks, 1))),
    'finished blocks': share(ends, texts.length),
    'colon blocks': share(colons, texts.length),
    'field blocks': share(fields, texts.length),
    questions: share(questions, Math.max(marks, 1)),
    'imperative blocks': share(starts.filter((word) => IMPERATIVES.has(word)).length, texts.length),
    'small starts': share(texts.filter(({ text }) => /^\p{Ll}/u.test(text)).length, texts.length),
    'short items': share(items.filter(({ text }) => countWords(text) < 8).length, blocks.length),
    'speaker blocks': share(
      texts.filter(({ text }) =>
        /^\p{Lu}[\p{L}'.-]+(?: \p{Lu}[\p{L}'.-]*){0,2}(?: \([^)]*\))?: \S/u.test(text),
      ).length,
      texts.length,
    ),
  };
}

/** What the blocks' lines look like in the caller's own text: verse, check boxes, links. */
function lines(blocks: readonly LaidOutBlock[], source: string): Surface {
  let short = 0;
  let all = 0;
  let boxes = 0;
  let links = 0;
  for (const { kind, start, end } of blocks) {
    if (kind === 'code' || kind === 'table') continue;
    const raw = source.slice(start, Math.min(end, start + 4000));
    if (/\[[ xX]\]\s*$/.test(source.slice(Math.max(0, start - 6), start))) boxes++;
    links += raw.match(/\]\(/g)?.length ?? 0;
    const own = raw.split('\n').filter((line) => line.trim() !== '');
    if (kind !== 'paragraph' && kind !== 'quote') continue;
    all += own.length;
    // Prose is wrapped at 70 to 100 columns; the last line of a paragraph may be short.
    if (own.length > 1) short += own.slice(0, -1).filter((line) => line.trim().length < 60).length;
  }
  return {
    'short lines': share(short, all),
    'check boxes': share(boxes, blocks.length),
    links: share(links, blocks.length),
  };
}

function characters(text: string): Surface {
  const all = text.length;
  const of = (pattern: RegExp) => share(text.match(pattern)?.length ?? 0, all);
  return {
    digits: of(/\d/g),
    capitals: of(/\p{Lu}/gu),
    'other letters': of(/[^\p{ASCII}\p{P}\p{S}\p{Z}]/gu),
    symbols: of(/[^\p{L}\p{N}\p{Z}\s.,'"!?;:()-]/gu),
    commas: of(/,/g),
    quotes: of(/"/g),
    brackets: of(/[([{]/g),
    'soft capitals': of(/[,;:] \p{Lu}/gu),
  };
}

function vocabulary(words: readonly string[]): Surface {
  const first = words.slice(0, 400).map((word) => word.toLowerCase());
  const counts = new Map<string, number>();
  for (const word of first) counts.set(word, (counts.get(word) ?? 0) + 1);
  const content = [...counts].filter(([word]) => !FUNCTION_WORDS.has(word));
  const commonest = Math.max(0, ...content.map(([, count]) => count));
  const of = (test: (word: string) => boolean) => share(words.filter(test).length, words.length);
  return {
    words: Math.log1p(words.length),
    'function words': share(first.filter((word) => FUNCTION_WORDS.has(word)).length, first.length),
    variety: share(counts.size, first.length),
    commonest: share(commonest, first.length),
    numbers: of((word) => /^\d/.test(word)),
    names: of((word) => /^\p{Lu}\p{Ll}/u.test(word)),
    shouts: of((word) => /^\p{Lu}{2,}$/u.test(word)),
    identifiers: of((word) => /_|\p{Ll}\p{Lu}|\p{L}\d\p{L}/u.test(word)),
    'letters a word': share(sum(words.map((word) => word.length)), words.length) / 2,
  };
}

function lexicon(text: string, words: number): Surface {
  const small = text.toLowerCase();
  const found: Surface = {};
  for (const [name, pattern] of Object.entries(LEXICON)) {
    const count = small.match(pattern)?.length ?? 0;
    found[`${name} words`] = Math.log1p((100 * count) / Math.max(20, words));
  }
  return found;
}

/** Title and headings say most about a kind: the same words again, among them alone. */
const HEADED = [
  'recipeParts',
  'meeting',
  'resume',
  'lesson',
  'legal',
  'change',
  'versions',
  'dates',
  'api',
  'form',
  'check',
  'links',
] as const;

function headings(blocks: readonly LaidOutBlock[], title: string): Surface {
  const own = [title, ...blocks.filter(({ kind }) => kind === 'heading').map(({ text }) => text)];
  const small = own.map((text) => text.toLowerCase());
  const found: Surface = { titled: title === '' ? 0 : 1 };
  for (const name of HEADED) {
    const with_ = small.filter((text) => text.search(LEXICON[name]) >= 0).length;
    found[`${name} headings`] = share(with_, own.length);
  }
  found['numbered headings'] = share(small.filter((t) => /^[\d.]+\s/.test(t)).length, own.length);
  found['identifier title'] = /[a-z][A-Z]|::|\(\)|_|\.[a-z]+$|^[a-z]+$/.test(title) ? 1 : 0;
  return found;
}

function countWords(text: string): number {
  return text.split(/\s+/).filter(Boolean).length;
}

function share(part: number, whole: number): number {
  return whole > 0 ? part / whole : 0;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
