/** What the portable core works on. Nothing under `model/core` imports Node, so a browser can run it. */

/** Special ids of a bundle's vocabulary, `manifest.tokens`. No text can produce them. */
export interface SpecialTokens {
  pad: number;
  unk: number;
  bos: number;
  eos: number;
  mask: number;
  newline: number;
  title: number;
  short: number;
  medium: number;
  gap: number;
  author: number;
  headline: number;
}

/** The decoder's start id says which kind of summary is wanted. */
export type Mode = 'short' | 'medium' | 'gap' | 'author' | 'headline';

/** Turns normalised text into ids and back; injected, so that the core knows no library. */
export interface Tokenizer {
  /** Ids of one line of text, without any special id. */
  encode(text: string): number[];
  /** The surface of every id `encode` gives for the same text, `▁` for a space or the line's start. */
  pieces(text: string): string[];
  /** Text of ids; special ids are left out. */
  decode(ids: readonly number[]): string;
}

/** One line of a document's prose, as `documents/` renders it. */
export interface Prose {
  title?: string | undefined;
  lines: readonly string[];
}

/** How the decoder searches; `manifest.decoding`, `limits.targetTokens`. */
export interface Decoding {
  /** Hypotheses kept a step; 1 is greedy. */
  beam: number;
  /** Exponent alpha of the length normalisation; 0 compares plain sums of log-probabilities. */
  lengthPenalty: number;
  /** No run of this many ids is written twice; 0 allows everything. */
  noRepeatNgram: number;
  /** `eos` is not allowed before this many ids were written. */
  minTokens: number;
  /** Most ids written, `eos` included. */
  maxTokens: number;
}

/** Confidence from the mean log-probability; `manifest.calibration`. */
export interface Calibration {
  kind: 'mean-log-probability';
  threshold: number;
  a: number;
  b: number;
}

/** How a document is read that is longer than the encoder's limit; see `read`. */
export type LongDocuments = 'first' | 'central' | 'all' | 'sentences';
