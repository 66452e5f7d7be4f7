/** What a suggestion is, as the HTTP service, the command line and the editor show it. */

/** Meanings of Chrome's Summarizer API: `tldr` short is one sentence, medium one or two. */
export type SuggestionType = 'tldr' | 'headline' | 'key-points';
export type SuggestionLength = 'short' | 'medium';

/** Why nothing is suggested, in the order in which they are looked at. */
export type Reason =
  | 'empty'
  | 'too_short'
  | 'unsupported_language'
  | 'unsuitable_document'
  | 'low_confidence'
  | 'unfinished'
  | 'not_grounded';

/** `text` is exactly `document.source.slice(start, end)`, UTF-16 code units, end exclusive. */
export interface Source {
  start: number;
  end: number;
  text: string;
}

export interface Suggestion {
  text: string;
  type: SuggestionType;
  /** Calibrated probability that a reader accepts it, 0..1. */
  confidence: number;
  /** Sentences of the document it rests on, in document order. */
  sources: Source[];
}

/**
 * What was found about the hypothesis that the decision was about. Every feature of `featuresOf` stands
 * here as a number of its own, so that feedback keeps them for a later fit of the gate.
 */
export interface Diagnostics {
  [feature: string]: unknown;
  /** Mean and least natural log-probability of a written id. */
  meanLogProb: number;
  minLogProb: number;
  /** Length-normalised score of the best hypothesis minus that of the second; null without one. */
  margin: number | null;
  /** Mean entropy of the next-id distribution, nats. */
  entropy: number;
  /** Mean weight of copying in the mixture, 0..1. */
  copyShare: number;
  /** Ids written, the end included. */
  tokens: number;
  /** Length-normalised score of the hypothesis. */
  score: number;
  /** What was written, shown or not. For evaluation; never show it when `suggestion` is null. */
  candidate: string;
  /** Numbers, names and quoted terms of the candidate that the document does not contain. */
  ungrounded: string[];
  /** Where the candidate's form contradicts its sources. */
  flips: string[];
  /** Confidence of the candidate, also where it was not shown; the least that was asked for. */
  confidence: number;
  threshold: number;
}

/** Why the gate said what it said. */
export interface Explanation {
  /** The rule that decided, in words. */
  rule: string;
  /** The document: probability that it is suitable, least that is needed, the likeliest kinds. */
  suitability: {
    probability: number;
    threshold: number;
    /** Distance of the encoder state from training documents; about 1 is usual. */
    distance: number;
    kinds: { kind: string; probability: number }[];
    features: FeaturePart[];
  } | null;
  /** The suggestion: what each feature adds to the log-odds of acceptance. */
  confidence: { probability: number; threshold: number; features: FeaturePart[] } | null;
  /** What the document does not contain, and what contradicts it. */
  ungrounded: string[];
  flips: string[];
}

/** A feature's value and what it adds to the log-odds. */
export interface FeaturePart {
  name: string;
  value: number;
  contribution: number;
}

/** Seconds that one document spent in each stage. */
export interface Timings {
  /** Text to ids and back. */
  tokenise: number;
  /** The encoder, windows that were only looked at included. */
  encode: number;
  /** Decoder steps, and the search between them; 0 when nothing was written. */
  decode: number;
  /** Whether the document is suitable, what the text deserves, and where it came from. */
  gate: number;
}

export interface SuggestResult {
  suggestion: Suggestion | null;
  /** Null exactly when there is a suggestion. */
  reason: Reason | null;
  /** Kind of an unsuitable document; null for a suitable one. */
  documentType: string | null;
  input: {
    /** Ids the model read; 0 when the document was turned away before. */
    tokens: number;
    /** Most ids it can read. */
    limit: number;
    /** Whether part of the document was not read. */
    truncated: boolean;
  };
  model: { name: string; version: string };
  /** Null when nothing was written. */
  diagnostics: Diagnostics | null;
  /** Of the encoder state from training documents; about 1 is usual. For drift checks. */
  distance?: number | undefined;
  /** Only when it was asked for. */
  explanation?: Explanation | undefined;
  /** Only when they were asked for, and the model was. */
  timings?: Timings | undefined;
}
