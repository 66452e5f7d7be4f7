import { beamSearch, type Hypothesis } from './beam.js';
import { copiedMass, type Positions } from './provenance.js';
import { type Reader, type ReadingOptions, read } from './reading.js';
import type { Diagnostics } from './suggestion.js';
import type { Decoding, Prose, SpecialTokens } from './types.js';

/** One document to write a draft of. */
export interface DraftJob {
  prose: Prose;
  reading: ReadingOptions;
  /** Start id of the decoder. */
  mode: number;
  /** Start id of a simpler text, written from the same reading, for when none of `mode` may be shown. */
  fallback?: number | undefined;
  decoding: Decoding;
}

/** A hypothesis as text, with S weights saying where in the source it was copied from. */
export interface Candidate extends Omit<Hypothesis, 'copy'> {
  text: string;
  mass: Float32Array;
}

/** What the model wrote, not yet judged. Candidates best first; there may be none. */
export interface Draft {
  /** Ids the encoder read. */
  tokens: number;
  /** Whether part of the document was not read. */
  truncated: boolean;
  positions: Positions;
  /** Those of the fallback after all of the mode asked for. */
  candidates: Candidate[];
}

/** Tokenises, encodes and decodes one document. @throws the signal's reason when aborted. */
export async function writeDraft<M>(
  reader: Reader<M>,
  job: DraftJob,
  signal?: AbortSignal,
): Promise<Draft> {
  const { session, tokenizer, special } = reader;
  const { memory, ...reading } = await read(reader, job.prose, job.reading, signal);
  const write = (mode: number) =>
    beamSearch(session, memory, {
      ...job.decoding,
      mode,
      eos: special.eos,
      never: unwritable(special),
      signal,
    });
  const hypotheses = await write(job.mode);
  if (job.fallback !== undefined) hypotheses.push(...(await write(job.fallback)));
  return {
    ...reading,
    candidates: hypotheses.map(({ copy, ...rest }) => ({
      ...rest,
      text: tokenizer.decode(rest.ids),
      mass: copiedMass({ copy, ...rest }),
    })),
  };
}

/** Special ids are for the source and the start; only the end and `gap` mode's newline are written. */
function unwritable({ eos: _, newline: __, ...rest }: SpecialTokens): Set<number> {
  return new Set(Object.values(rest));
}

type Statistics = Omit<Diagnostics, 'candidate' | 'ungrounded' | 'margin'>;

/** Decoder statistics of a candidate. */
export function statisticsOf({ logProbs, entropy, gate, score }: Candidate): Statistics {
  return {
    meanLogProb: mean(logProbs),
    minLogProb: Math.min(...logProbs),
    entropy: mean(entropy),
    copyShare: mean(gate),
    tokens: logProbs.length,
    score,
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}
