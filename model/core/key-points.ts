import { centrality, cosine, diverse } from './central.js';
import { isFinished } from './finished.js';
import { pooled } from './pooled.js';
import type { Reader } from './reading.js';
import type { Prose } from './types.js';
import { type Unit, units } from './units.js';

/** A sentence of the document, where it stands and how central it is. */
export interface KeyPoint {
  line: number;
  /** UTF-16 range in that line, the marker of a list item left out. */
  start: number;
  end: number;
  text: string;
  /** Mean cosine of its vector with those of all sentences, -1..1. */
  centrality: number;
}

export interface KeyPoints {
  /** In document order. */
  points: KeyPoint[];
  /** Ids the encoder read. */
  tokens: number;
}

/** A sentence of fewer words says too little, one of more is no point. */
const LEAST_WORDS = 5;
const MOST_WORDS = 60;
/** Relevance against novelty; Carbonell & Goldstein 1998 use 0.3 to 0.7. */
const LAMBDA = 0.7;
/**
 * What the first sentence has ahead of the last. Recall of the annotator's words by three points, 80 dev
 * documents: centrality alone 0.39, with title and this bonus 0.48, the first three sentences 0.48
 * (docs/decisions/0004-runtime.md).
 */
const EARLY = 0.1;
/** What cannot stand alone: it points back, or on to something that is not quoted. */
const DANGLING =
  /^(?:This|That|These|Those|It|They|He|She|Such|Here|However|Therefore|Thus|Otherwise|Also|But|And|Or|So|Then|For example|For instance|In this case|In addition|Note)\b/;

/**
 * The document's own sentences that stand for the rest: central among all sentence vectors (mean
 * encoder states), like the title, early, and unlike each other.
 *
 * @param most points at most; fewer when the document has no more sentences that stand alone.
 * @throws the signal's reason when it is aborted.
 */
export async function keyPoints<M>(
  { session, tokenizer, special, sourceTokens }: Reader<M>,
  prose: Prose,
  most: number,
  signal?: AbortSignal,
): Promise<KeyPoints> {
  const all = [...units(prose, tokenizer, sourceTokens - 2)];
  const texts = all.map(({ ids }) => [special.bos, ...ids, special.eos]);
  const title = prose.title ? [tokenizer.encode(prose.title).slice(0, sourceTokens - 2)] : [];
  const titles = title.map((ids) => [special.bos, ...ids, special.eos]);
  const vectors = await pooled(session, [...texts, ...titles], signal);
  const [ofTitle] = vectors.splice(texts.length);
  const central = centrality(vectors);
  const points = all.flatMap((unit, i): (KeyPoint & { i: number })[] => {
    const point = standing(unit, prose);
    return point ? [{ ...point, centrality: central[i] as number, i }] : [];
  });
  const seen = new Set<string>();
  const distinct = points.filter(({ text }) => !seen.has(text) && seen.add(text));
  const picked = diverse(
    distinct.map(({ i }) => vectors[i] as Float32Array),
    distinct.map(({ i, centrality }, rank) => {
      const about = ofTitle ? cosine(vectors[i] as Float32Array, ofTitle) : centrality;
      return (centrality + about) / 2 + EARLY / (1 + rank);
    }),
    most,
    LAMBDA,
  );
  return {
    points: picked
      .sort((a, b) => a - b)
      .map((k) => distinct[k] as KeyPoint & { i: number })
      .map(({ i: _, ...point }) => point),
    tokens: texts.reduce((sum, { length }) => sum + length, 0),
  };
}

/** The sentence as a point, or nothing when it is a heading, a fragment or leans on another one. */
function standing(unit: Unit, { lines }: Prose): Omit<KeyPoint, 'centrality'> | undefined {
  const { line, whole } = unit;
  const sentence = (lines[line] as string).slice(unit.start, unit.end);
  const start = unit.start + (/^(?:[-*] |\d{1,2}[.)] )/.exec(sentence)?.[0].length ?? 0);
  const text = (lines[line] as string).slice(start, unit.end);
  const words = text.split(/\s+/).length;
  if (!whole || words < LEAST_WORDS || words > MOST_WORDS) return undefined;
  if (!isFinished(text) || DANGLING.test(text) || !/^["'(]*[\p{L}\p{N}]/u.test(text))
    return undefined;
  if (/[?]["')\]]*$/.test(text) || /\b(?:below|above|following|as follows)\b/i.test(text))
    return undefined;
  return { line, start, end: unit.end, text };
}
