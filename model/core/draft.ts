import { beamSearches, type Hypothesis } from './beam.js';
import { type Assessment, assess } from './gate/suitability.js';
import type { Surface } from './gate/surface.js';
import { keptSentences } from './kept.js';
import { copiedMass, type Positions } from './provenance.js';
import { type Reader, type ReadingOptions, read } from './reading.js';
import { placesOf, type Seams } from './seams.js';
import type { SearchOptions } from './search.js';
import type { Decoding, Prose, SpecialTokens } from './types.js';

/** One of the searches over a document: its start id, and what a seam costs it in nats. */
export interface AskedSearch {
  mode: number;
  seam: number;
}

/** One document to write a draft of. */
export interface DraftJob {
  prose: Prose;
  reading: ReadingOptions;
  /** Searched side by side; what they find is told apart afterwards. */
  searches: readonly AskedSearch[];
  /** Sentences of the document that are candidates as they stand, judged in the first search's mode. */
  kept?: number | undefined;
  decoding: Decoding;
  /** What the document looks like, for the gate; without it every document counts as suitable. */
  surface?: Surface | undefined;
  /** Write even where the document is unsuitable: for explanations. */
  always?: boolean | undefined;
}

/** A hypothesis as text, with S weights saying where in the source it was copied from. */
export interface Candidate extends Omit<Hypothesis, 'copy'> {
  text: string;
  mass: Float32Array;
  /** The search it was written by; a model with one way to write has neither. */
  mode?: number;
  seam?: number;
  /** Whether it is a sentence of the document. */
  kept?: boolean;
}

/** What the model wrote, not yet judged; there may be nothing. */
export interface Draft {
  /** Ids the encoder read. */
  tokens: number;
  /** Whether part of the document was not read. */
  truncated: boolean;
  positions: Positions;
  /** What the gate made of the document; undefined when the bundle has no weights for that. */
  assessment?: Assessment | undefined;
  /** None for an unsuitable document. In the order of the searches, each one's best first, none twice. */
  candidates: Candidate[];
}

/** Tokenises, encodes and decodes one document. @throws the signal's reason when aborted. */
export async function writeDraft<M>(
  reader: Reader<M>,
  job: DraftJob,
  signal?: AbortSignal,
): Promise<Draft> {
  const { session, tokenizer, special } = reader;
  const { memory, state, ids, ...reading } = await read(reader, job.prose, job.reading, signal);
  const { gate } = reader;
  const assessment = gate && job.surface && assess(state, job.surface, gate);
  if (assessment?.suitable === false && !job.always) {
    return { ...reading, assessment, candidates: [] };
  }
  const common = { ...job.decoding, eos: special.eos, never: unwritable(special) };
  const places = placesOf(ids);
  const searches = job.searches.map(({ mode, seam }): SearchOptions & { seams: Seams } => {
    return { ...common, mode, seams: { places, source: ids, penalty: seam } };
  });
  const [first] = searches;
  if (first && job.kept) {
    const given = keptSentences(job.prose, reading.positions, ids, job.kept);
    searches.push(...given.map((sentence) => ({ ...first, beam: 1, given: sentence })));
  }
  const found = await beamSearches(session, memory, searches, signal);
  const texts = new Map<string, Candidate>();
  for (const [i, hypotheses] of found.entries()) {
    for (const { copy, ...rest } of hypotheses) {
      const text = tokenizer.decode(rest.ids);
      if (texts.has(text)) continue;
      const { mode, seams, given } = searches[i] as (typeof searches)[number];
      const search = { mode, seam: seams.penalty, kept: given !== undefined };
      texts.set(text, { ...rest, ...search, text, mass: copiedMass({ copy, ...rest }) });
    }
  }
  return { ...reading, assessment, candidates: [...texts.values()] };
}

/** Special ids are for the source and the start; only the end and `gap` mode's newline are written. */
function unwritable({ eos: _, newline: __, ...rest }: SpecialTokens): Set<number> {
  return new Set(Object.values(rest));
}
