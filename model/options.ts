import type { SuggestionLength, SuggestionType } from './core/index.js';
import { PrecisError, UnsupportedError } from './errors.js';

export interface LoadOptions {
  /** Worker threads, each with its own sessions: documents done at once. Default 1. */
  workers?: number;
  /** Threads inside one worker's ONNX Runtime. Default: the cores shared among the workers, at most 4. */
  threads?: number;
  /** ONNX Runtime execution providers, tried in order. Default `['cpu']`. */
  providers?: readonly string[];
  /** Documents that may wait for a worker before `suggest` refuses. Default 128. */
  maxQueue?: number;
}

export interface SuggestOptions {
  /** Default `tldr`. */
  type?: SuggestionType | undefined;
  /** `short`: one sentence; `medium`: one or two. Default `short`. */
  length?: SuggestionLength | undefined;
  /** Show nothing below this confidence, 0..1. Default: the bundle's own threshold. */
  minConfidence?: number | undefined;
  /** Drops the document from the queue, or stops the decoder between two steps. */
  signal?: AbortSignal | undefined;
}

/** Types and lengths this version writes. */
export const AVAILABLE: Readonly<Record<string, readonly SuggestionLength[]>> = {
  tldr: ['short', 'medium'],
};

/** @throws UnsupportedError for a type or length nobody writes, PrecisError for a bad number. */
export function checkOptions(options: SuggestOptions) {
  const { type = 'tldr', length = 'short', minConfidence, signal } = options;
  if (!Object.hasOwn(AVAILABLE, type) || !AVAILABLE[type]?.includes(length)) {
    const available = Object.entries(AVAILABLE).flatMap(([t, ls]) => ls.map((l) => `${t} ${l}`));
    throw new UnsupportedError(`${type} ${length}`, available);
  }
  if (minConfidence !== undefined && !(minConfidence >= 0 && minConfidence <= 1)) {
    throw new PrecisError('invalid', `minConfidence must be from 0 to 1, not ${minConfidence}`);
  }
  return { type, length, minConfidence, signal };
}

/** @throws PrecisError when a count is not a whole number in its range. */
export function checkCount(name: string, value: number, least: number, most: number): number {
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new PrecisError('invalid', `${name} must be from ${least} to ${most}, not ${value}`);
}
