import { SentencePieceProcessor } from 'sentencepiece-js';
import type { Tokenizer } from './core/index.js';

/**
 * SentencePiece compiled to WebAssembly. It equals the C++ library on normalised text; control
 * symbols are never produced by `encode` and vanish in `decode`.
 *
 * @param file path of a `.model` file whose hash has been verified: a damaged one aborts the process.
 */
export async function loadTokenizer(file: string): Promise<Tokenizer> {
  const processor = new SentencePieceProcessor();
  await withoutListeners(() => processor.load(file));
  return tokenizerOver(processor);
}

/** The core's tokenizer over a processor that has loaded its model. */
export function tokenizerOver(processor: SentencePieceProcessor): Tokenizer {
  return {
    encode: (text) => processor.encodeIds(encodable(text)),
    pieces: (text) => processor.encodePieces(encodable(text)),
    decode: (ids) => processor.decodeIds([...ids]),
  };
}

/** UTF-8 has no lone surrogates and C++ strings end at NUL; replacing one for one keeps offsets. */
function encodable(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\ufffd').replaceAll('\0', ' ');
}

/** Emscripten installs process-wide handlers that rethrow; they belong to nobody here. */
async function withoutListeners(load: () => Promise<void>): Promise<void> {
  const events = ['uncaughtException', 'unhandledRejection'] as const;
  const before = events.map((event) => process.listeners(event as 'uncaughtException'));
  await load();
  for (const [i, event] of events.entries()) {
    for (const listener of process.listeners(event as 'uncaughtException')) {
      if (!before[i]?.includes(listener)) process.off(event, listener);
    }
  }
}
