import type { RenderedLine } from '../documents/render.js';

/** Characters the model never sees: it reads and writes straight quotes, plain spaces and hyphens. */
const FINE = /[\u2018\u2019\u201a-\u201f\u2032\u2033\u00a0\u2007\u202f\u2010\u2011]/;

/** One fine character of a line, between the words it stands in or between. */
interface Variant {
  before: string;
  plain: string;
  fine: string;
  after: string;
}

/**
 * A text with the quotes, apostrophes, hyphens and non-breaking spaces that its document has in the
 * same words: "don't" becomes the writer's own “don’t”.
 *
 * @param lines where the text was copied from.
 * @param source the caller's text, which the lines' spans point into.
 */
export function inSourceTypography(
  text: string,
  lines: readonly RenderedLine[],
  source: string,
): string {
  let result = text;
  for (const { block } of lines) {
    if (!FINE.test(source.slice(block.start, block.end))) continue;
    for (const variant of variants(block, source)) result = applied(result, variant);
  }
  return result;
}

/** Single characters that normalisation replaced: they stand between two spans. */
function* variants({ text, spans }: RenderedLine['block'], source: string): Generator<Variant> {
  const ends = [{ text: 0, source: spans[0]?.source ?? 0, length: 0 }, ...spans];
  for (const [i, span] of ends.entries()) {
    const at = span.text + span.length;
    const from = span.source + span.length;
    const next = ends[i + 1];
    // The first span may begin behind a fine character, the last one may end in front of it.
    const first = i === 0;
    const gap = next ? next.text - at : text.length - at;
    if (gap !== 1) continue;
    const fine = source[first ? from - 1 : from] ?? '';
    if (next && !first && next.source - from !== 1) continue;
    const plain = text[at] as string;
    if (FINE.test(fine) && /['"\- ]/.test(plain)) yield { ...around(text, at), plain, fine };
  }
}

function around(text: string, at: number): Pick<Variant, 'before' | 'after'> {
  const before = /\S*$/.exec(text.slice(Math.max(0, at - 40), at))?.[0] ?? '';
  const after = /^\S*/.exec(text.slice(at + 1, at + 41))?.[0] ?? '';
  return { before, after };
}

/** Writes the fine character wherever the same words stand; their fine characters may be in already. */
function applied(text: string, { before, plain, fine, after }: Variant): string {
  const loose = (part: string) =>
    part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/['"\- ]/g, '.');
  const pattern = new RegExp(
    `(?<![\\p{L}\\p{N}])(${loose(before)})${plain}(${loose(after)})(?![\\p{L}\\p{N}])`,
    'gu',
  );
  return text.replace(pattern, (_, left: string, right: string) => left + fine + right);
}
