export type { Block, BlockKind, Document, Span } from '../documents/document.js';
export { type Bundle, loadBundle } from './bundle.js';
export type {
  Diagnostics,
  LongDocuments,
  Reason,
  Source,
  Suggestion,
  SuggestionLength,
  SuggestionType,
  SuggestResult,
} from './core/index.js';
export {
  BundleError,
  ClosedError,
  PrecisError,
  QueueFullError,
  UnsupportedError,
  WorkerError,
} from './errors.js';
export type { Load } from './load.js';
export type { Manifest } from './manifest.js';
export type { LoadOptions, SuggestOptions } from './options.js';
export { defaultBundle } from './place.js';
export { type SuggestOutcome, type SuggestRequest, Summarizer } from './summarizer.js';
