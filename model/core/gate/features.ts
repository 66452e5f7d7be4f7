import type { Candidate } from '../draft.js';
import { ungrounded } from '../grounding.js';
import { latest } from '../latest.js';
import type { Positions } from '../provenance.js';
import { sourceSentences } from '../provenance.js';
import { sentences } from '../sentences.js';
import type { Prose } from '../types.js';
import { centralStems, contentStems, stem, wordsOf } from '../words.js';
import type { Features } from './confidence.js';
import { FUNCTION_WORDS } from './lexicon.js';
import { flips } from './polarity.js';
import type { Assessment } from './suitability.js';

/** What the features of a suggestion are computed from. */
export interface Written {
  /** The text that would be shown. */
  text: string;
  candidate: Candidate;
  /** Score of the next best hypothesis of the same search; null without one. */
  runnerUp: number | null;
  /** All that was written for the document, by all searches, this candidate among them. */
  written: readonly Candidate[];
  prose: Prose;
  positions: Positions;
  /** Ids the encoder read, and whether something was left out. */
  tokens: number;
  truncated: boolean;
  assessment: Assessment | undefined;
}

/** The features with what they were counted from. */
export interface Found {
  features: Features;
  ungrounded: string[];
  flips: string[];
}

/** An id below this natural log-probability was written with less than about a third of certainty. */
const UNSURE = -1;
const EDGE_WORDS = 3;

/** All features of a suggestion, whether the weights use them or not: feedback keeps them for a refit. */
export function featuresOf(written: Written): Found {
  const { text, prose, candidate, positions } = written;
  const facts = factsOf(prose);
  const missing = ungrounded(text, facts.document);
  const from = sourceSentences(candidate.mass, positions, prose.lines);
  const sources = from.map(({ line, start, end }) =>
    (prose.lines[line] as string).slice(start, end),
  );
  const flipped = flips(text, sources);
  const features = {
    ...decoding(written),
    ...copying(text, facts),
    ...matter(text, facts),
    ...edges(text, facts),
    ...form(text),
    consensus: consensus(text, candidate, written.written),
    sources: from.length,
    sourceShare: Math.max(0, ...from.map(({ share }) => share)),
    sourceLine: Math.log1p(from[0]?.line ?? 0),
    sourceGap: Math.log1p((from.at(-1)?.line ?? 0) - (from[0]?.line ?? 0)),
    ungroundedCount: missing.length,
    flipCount: flipped.length,
    suitability: written.assessment ? logit(written.assessment.suitability) : null,
    distance: written.assessment?.distance ?? null,
    sourceTokens: Math.log(Math.max(1, written.tokens)),
    truncated: written.truncated ? 1 : 0,
  };
  return { features, ungrounded: missing, flips: flipped };
}

/** What every candidate of one document is compared with. */
interface Facts {
  /** Title and lines. */
  document: string;
  /** Its words, and pairs of neighbours. */
  known: Set<string>;
  pairs: Set<string>;
  /** Content stems of title and opening sentence, and the commonest ones. */
  titled: Set<string>;
  lead: Set<string>;
  central: string[];
  /** First and last words of its sentences. */
  begins: Set<string>;
  ends: Set<string>;
}

const factsOf = latest(({ title = '', lines }: Prose): Facts => {
  const document = `${title}\n${lines.join('\n')}`;
  const words = wordsOf(document);
  const whole = lines.flatMap((line) => sentences(line).map((s) => line.slice(s.start, s.end)));
  const opening = lines.find((line) => line.length > 40 && sentences(line)[0]) ?? '';
  const parts = whole.map(wordsOf);
  return {
    document,
    known: new Set(words),
    pairs: new Set(words.map((word, i) => `${word} ${words[i + 1] ?? ''}`)),
    titled: new Set(contentStems(title)),
    lead: new Set(contentStems(opening.slice(0, sentences(opening)[0]?.end ?? 0))),
    central: centralStems(lines),
    begins: new Set(parts.map((words) => words.slice(0, EDGE_WORDS).join(' '))),
    ends: new Set(parts.map((words) => words.slice(-EDGE_WORDS).join(' '))),
  };
});

/** What the decoder knew: log-probabilities in nats, weights of copying 0..1. */
function decoding({ candidate, runnerUp }: Written): Features {
  const { logProbs, entropy, gate, score } = candidate;
  return {
    meanLogProb: mean(logProbs),
    minLogProb: Math.min(...logProbs),
    firstLogProb: mean(logProbs.slice(0, 4)),
    unsureShare: mean(logProbs.map((x) => (x < UNSURE ? 1 : 0))),
    entropy: mean(entropy),
    mostEntropy: Math.max(...entropy),
    copyShare: mean(gate),
    leastCopy: Math.min(...gate),
    tokens: logProbs.length,
    seams: candidate.seams / Math.max(1, logProbs.length),
    seamless: candidate.seams === 0 ? 1 : 0,
    kept: candidate.kept ? 1 : 0,
    // The start id: dense texts and plain ones are accepted at different rates.
    mode: candidate.mode ?? null,
    score,
    margin: runnerUp === null ? null : score - runnerUp,
  };
}

/** How the words stand in the document: copied in runs, welded together, or new. */
function copying(text: string, { known, pairs }: Facts): Features {
  const own = wordsOf(text);
  let run = 0;
  let longest = 0;
  let welds = 0;
  let fragments = own.length > 0 ? 1 : 0;
  for (const [i, word] of own.entries()) {
    const next = own[i + 1];
    run = known.has(word) ? run + 1 : 0;
    longest = Math.max(longest, run);
    if (next === undefined || pairs.has(`${word} ${next}`)) continue;
    run = 0;
    fragments++;
    if (known.has(word) && known.has(next)) welds++;
  }
  const all = Math.max(1, own.length);
  return {
    novelWords: own.filter((word) => !known.has(word)).length / all,
    longestRun: longest / all,
    welds: welds / all,
    fragments: fragments / all,
  };
}

/** Whether it begins where a sentence of the document begins and ends where one ends. */
function edges(text: string, { begins, ends }: Facts): Features {
  const own = wordsOf(text);
  const begin = own.slice(0, EDGE_WORDS).join(' ');
  const end = own.slice(-EDGE_WORDS).join(' ');
  return { begins: begins.has(begin) ? 1 : 0, ends: ends.has(end) ? 1 : 0 };
}

/**
 * Mean overlap (Dice) of its content words with those of the other candidates: what many ways of writing
 * agree on (minimum Bayes risk; Kumar & Byrne 2004, "Minimum Bayes-Risk Decoding").
 */
function consensus(text: string, self: Candidate, written: readonly Candidate[]): number | null {
  const others = stemsOf(written).filter((_, i) => written[i] !== self);
  if (others.length === 0) return null;
  const own = new Set(contentStems(text));
  const overlaps = others.map((theirs) => {
    const both = [...own].filter((word) => theirs.has(word)).length;
    return (2 * both) / Math.max(1, own.size + theirs.size);
  });
  return mean(overlaps);
}

const stemsOf = latest((written: readonly Candidate[]) =>
  written.map(({ text }) => new Set(contentStems(text))),
);

/** Whether it is about what the document is about: its title, its beginning, its commonest words. */
function matter(text: string, { titled, lead, central }: Facts): Features {
  const own = contentStems(text);
  const set = new Set(own);
  return {
    titleShare: shared(titled, set),
    titleCopy: shared(set, titled),
    leadShare: shared(set, lead),
    central: central.filter((word) => set.has(word)).length / Math.max(1, central.length),
    repeats: 1 - set.size / Math.max(1, own.length),
  };
}

const AUXILIARY =
  /\b(?:is|are|was|were|be|been|has|have|had|can|could|will|would|may|might|must|should|do|does|did|lets?|uses?|provides?|allows?|makes?|adds?|enables?|supports?|helps?|contains?|needs?|requires?|shows?|gives?|means|runs?|creates?|includes?|becomes?)\b/i;

/** Signs of a sentence that does not stand alone, speaks of the document or is none. */
function form(text: string): Features {
  const all = text.split(/\s+/).filter(Boolean);
  const flag = (pattern: RegExp) => (pattern.test(text) ? 1 : 0);
  return {
    words: all.length,
    sentences: sentences(text).length,
    commas: (text.match(/,/g)?.length ?? 0) / Math.max(1, all.length),
    symbols: (text.match(/[^\p{L}\p{N}\s.,'"()-]/gu)?.length ?? 0) / Math.max(1, all.length),
    functionShare: mean(all.map((word) => (FUNCTION_WORDS.has(word.toLowerCase()) ? 1 : 0))),
    dangling: flag(
      /^(?:This|That|These|Those|It|They|He|She|We|I|However|But|And|So|Then|Also|In this)\b/,
    ),
    framing: flag(
      /\b(?:this|the) (?:article|document|page|post|guide|section|topic|tutorial|blog|paper|chapter|lesson)\b|^(?:learn|discover|explore|find out|read)\b/i,
    ),
    question: flag(/\?/),
    you: flag(/\byou(?:r|'ll|'re)?\b/i),
    verb: flag(AUXILIARY),
    smallStart: flag(/^\p{Ll}/u),
  };
}

function shared(of: ReadonlySet<string>, among: ReadonlySet<string>): number {
  if (of.size === 0) return 0;
  return [...of].filter((word) => among.has(word) || among.has(stem(word))).length / of.size;
}

function logit(p: number): number {
  const inside = Math.min(1 - 1e-6, Math.max(1e-6, p));
  return Math.log(inside / (1 - inside));
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}
