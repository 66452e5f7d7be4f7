import type { z } from 'zod';
import type { Document } from '../documents/index.js';
import type { explanation } from './schemas/explanation.js';
import type {
  inputUse,
  modelName,
  Reason,
  SuggestionLength,
  SuggestionType,
  suggestionBody,
} from './schemas/suggestion.js';

/** The part of the model's `Summarizer` that the service and the command line use. */
export interface Suggester {
  suggest(document: Document, options?: SuggestOptions): Promise<Outcome>;
  info(): SuggesterInfo;
  close(): Promise<void>;
}

export interface SuggestOptions {
  type?: SuggestionType | undefined;
  length?: SuggestionLength | undefined;
  minConfidence?: number | undefined;
  explain?: boolean | undefined;
  /** Measure the stages: `Outcome.timings`. */
  timings?: boolean | undefined;
  signal?: AbortSignal | undefined;
}

export type Stage = 'tokenise' | 'encode' | 'decode' | 'gate';

export interface Outcome {
  suggestion: z.infer<typeof suggestionBody> | null;
  reason: Reason | null;
  documentType: string | null;
  input: z.infer<typeof inputUse>;
  model: z.infer<typeof modelName>;
  diagnostics?: unknown;
  /** Of the encoder state from training documents, where the model tells it. */
  distance?: number | undefined;
  /** Only when it was asked for. */
  explanation?: z.infer<typeof explanation> | undefined;
  /** Seconds of each stage, where the model tells them. */
  timings?: Readonly<Partial<Record<Stage, number>>> | undefined;
}

export interface SuggesterInfo {
  /** Folder of the model's files, where it has any. */
  bundle?: string | undefined;
  model: {
    name: string;
    version: string;
    created: string;
    licence: string;
    languages: readonly string[];
    limits: { sourceTokens: number };
  };
  /** Lengths of each type that the model can write. */
  types: Readonly<Record<string, readonly SuggestionLength[]>>;
  runtime: {
    workers: number;
    /** Worker threads replaced since loading, where the model counts them. */
    restarts?: number | undefined;
  };
}
