import type { Document } from '../documents/index.js';
import type { DocumentInput } from './schemas/summaries.js';
import { checkFormat, documentHash, toDocument } from './summarise.js';

/** A document as a route hands it on: named by its hash, parsed only when the model wants it. */
export interface Source {
  hash: string;
  /** Length of its text, for an estimate of its tokens. */
  characters: number;
  read(): Document;
}

/** @throws ServiceError 422 when it is in a format that cannot be read. */
export function sourceOf(input: DocumentInput): Source {
  checkFormat(input);
  return {
    hash: documentHash(input),
    characters: input.text.length,
    read: () => toDocument(input),
  };
}
