import { beamSearch, type Hypothesis } from './beam.js';
import { type Assessment, assess } from './gate/suitability.js';
import type { Surface } from './gate/surface.js';
import { decideDraft, type GateOptions } from './gate.js';
import { copiedMass, type Positions } from './provenance.js';
import { type Reader, type ReadingOptions, read } from './reading.js';
import type { Decoding, Prose, SpecialTokens } from './types.js';

/** Its start id, and what the caller will ask of a text before showing it. */
export interface Fallback {
  mode: number;
  unless: Omit<GateOptions, 'gate' | 'prose'>;
}

/** One document to write a draft of. */
export interface DraftJob {
  prose: Prose;
  reading: ReadingOptions;
  /** Start id of the decoder. */
  mode: number;
  /** A simpler text, written from the same reading when none of `mode` may be shown. */
  fallback?: Fallback | undefined;
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
  /** Start id it was written from. */
  mode?: number;
}

/** What the model wrote, not yet judged. Candidates best first; there may be none. */
export interface Draft {
  /** Ids the encoder read. */
  tokens: number;
  /** Whether part of the document was not read. */
  truncated: boolean;
  positions: Positions;
  /** What the gate made of the document; undefined when the bundle has no weights for that. */
  assessment?: Assessment | undefined;
  /** None for an unsuitable document. Those of the fallback, where it was needed, come last. */
  candidates: Candidate[];
}

/** Tokenises, encodes and decodes one document. @throws the signal's reason when aborted. */
export async function writeDraft<M>(
  reader: Reader<M>,
  job: DraftJob,
  signal?: AbortSignal,
): Promise<Draft> {
  const { session, tokenizer, special } = reader;
  const { memory, state, ...reading } = await read(reader, job.prose, job.reading, signal);
  const { gate } = reader;
  const assessment = gate && job.surface && assess(state, job.surface, gate);
  if (assessment?.suitable === false && !job.always) {
    return { ...reading, assessment, candidates: [] };
  }
  const write = (mode: number) =>
    beamSearch(session, memory, {
      ...job.decoding,
      mode,
      eos: special.eos,
      never: unwritable(special),
      signal,
    });
  const candidates = async (mode: number) =>
    (await write(mode)).map(({ copy, ...rest }) => ({
      ...rest,
      mode,
      text: tokenizer.decode(rest.ids),
      mass: copiedMass({ copy, ...rest }),
    }));
  const draft: Draft = { ...reading, assessment, candidates: await candidates(job.mode) };
  const { fallback, prose } = job;
  if (fallback && decideDraft(draft, { ...fallback.unless, gate, prose })?.reason !== null) {
    draft.candidates.push(...(await candidates(fallback.mode)));
  }
  return draft;
}

/** Special ids are for the source and the start; only the end and `gap` mode's newline are written. */
function unwritable({ eos: _, newline: __, ...rest }: SpecialTokens): Set<number> {
  return new Set(Object.values(rest));
}
