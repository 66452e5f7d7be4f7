import { SentencePieceProcessor } from 'sentencepiece-js';
import type { Tokenizer } from '../../model/core/index.js';
import { tokenizerOver } from '../../model/tokenizer.js';

/**
 * The server's SentencePiece, which `bundling.ts` makes fit for a browser.
 *
 * @param model bytes of a `.model` file whose hash has been verified.
 */
export async function openTokenizer(model: Uint8Array): Promise<Tokenizer> {
  const processor = new SentencePieceProcessor();
  // In this build `load` takes what Node's takes the path of.
  await processor.load(model as unknown as string);
  return tokenizerOver(processor);
}
