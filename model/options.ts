import type { LongDocuments, SuggestionLength, SuggestionType } from './core/index.js';
import type { Types } from './described.js';
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
  /** Ids of documents that may wait before `suggest` refuses. Default 262,144. */
  maxQueueTokens?: number;
  /** Most words of a document that are looked at; the rest counts as `truncated`. Default 200,000. */
  maxWords?: number;
  /** How a document beyond the encoder's limit is read; see `read` in `core/`. Default `first`. */
  longDocuments?: LongDocuments;
  /** Windows the decoder sees at once when `longDocuments` is `all`. Default 8. */
  windows?: number;
}

/** How documents are read, beside the answer's own options. */
export type Reading = Pick<Required<LoadOptions>, 'maxWords' | 'longDocuments' | 'windows'>;

/** As `LoadOptions` says. */
export const READING: Reading = { maxWords: 200_000, longDocuments: 'first', windows: 8 };

export interface SuggestOptions {
  /** Default `tldr`. */
  type?: SuggestionType | undefined;
  /**
   * `tldr`: one sentence or up to two; `headline`: at most 12 words or 17; `key-points`: at most three
   * sentences of the document or five. Default `short`.
   */
  length?: SuggestionLength | undefined;
  /** Show nothing below this confidence, 0..1. Default: the bundle's own threshold. */
  minConfidence?: number | undefined;
  /** Say why: features, their parts, the rule. Writes even where the document is turned away. */
  explain?: boolean | undefined;
  /** Say how long each stage took. */
  timings?: boolean | undefined;
  /** Drops the document from the queue, or stops the decoder between two steps. */
  signal?: AbortSignal | undefined;
}

/** Sentences of `key-points`, as in Chrome's Summarizer API draft. */
export const KEY_POINTS = { short: 3, medium: 5 } as const;

/** Most ids of a headline before asides are left out: two and a half a word. */
export const HEADLINE_IDS = { short: 30, medium: 43 } as const;

const LONG_DOCUMENTS: readonly LongDocuments[] = ['first', 'central', 'all', 'sentences'];

/** What is known about how a loaded bundle runs. @throws PrecisError for a bad value. */
export function checkLoad(options: LoadOptions, cores: number): Required<LoadOptions> {
  const workers = checkCount('workers', options.workers ?? 1, 1, 256);
  const share = Math.max(1, Math.min(4, Math.floor(cores / workers)));
  const longDocuments = options.longDocuments ?? READING.longDocuments;
  if (!LONG_DOCUMENTS.includes(longDocuments)) {
    const known = LONG_DOCUMENTS.join(', ');
    throw new PrecisError('invalid', `longDocuments must be one of ${known}, not ${longDocuments}`);
  }
  return {
    workers,
    threads: checkCount('threads', options.threads ?? share, 1, 256),
    providers: options.providers ?? ['cpu'],
    maxQueue: checkCount('maxQueue', options.maxQueue ?? 128, 0, 1_000_000),
    maxQueueTokens: checkCount('maxQueueTokens', options.maxQueueTokens ?? 1 << 18, 1, 2 ** 40),
    maxWords: checkCount('maxWords', options.maxWords ?? READING.maxWords, 1, 100_000_000),
    longDocuments,
    windows: checkCount('windows', options.windows ?? READING.windows, 1, 64),
  };
}

/** @throws UnsupportedError for a type or length nobody writes, PrecisError for a bad number. */
export function checkOptions(options: SuggestOptions, types: Types) {
  const { type = 'tldr', length = 'short', minConfidence, signal } = options;
  const { explain = false, timings = false } = options;
  if (!Object.hasOwn(types, type) || !types[type]?.includes(length)) {
    const available = Object.entries(types).flatMap(([t, ls]) => ls.map((l) => `${t} ${l}`));
    throw new UnsupportedError(`${type} ${length}`, available);
  }
  if (minConfidence !== undefined && !(minConfidence >= 0 && minConfidence <= 1)) {
    throw new PrecisError('invalid', `minConfidence must be from 0 to 1, not ${minConfidence}`);
  }
  return { type, length, minConfidence, explain, timings, signal };
}

/** Options of one document, checked and complete. */
export type Asked = ReturnType<typeof checkOptions>;

/** @throws PrecisError when a count is not a whole number in its range. */
export function checkCount(name: string, value: number, least: number, most: number): number {
  if (Number.isInteger(value) && value >= least && value <= most) return value;
  throw new PrecisError('invalid', `${name} must be from ${least} to ${most}, not ${value}`);
}
