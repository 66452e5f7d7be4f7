import { READ_LIMIT } from './markdown.js';

export interface Limits {
  /** Bytes of a file. */
  bytes: number;
  /** Characters of extracted text that are kept; the rest is left out and the document says so. */
  characters: number;
  /** Pages or slides that are read; the rest is left out and the document says so. */
  pages: number;
  /** Entries of a zip archive (docx, odt, pptx). */
  entries: number;
  /** Bytes that an archive may unpack to. */
  unpackedBytes: number;
  /** Unpacked size / packed size of an archive. */
  expansion: number;
  /** Milliseconds a file may take. */
  milliseconds: number;
  /** Bytes of memory that the process reading a file may have. */
  memoryBytes: number;
}

const MB = 1024 * 1024;

/**
 * The model reads some 2,000 characters, so that 50 pages leave ample room for front matter. Deflate
 * reaches 1032:1 at most and office XML about 20:1 (the fixtures: 3 to 12): 200:1 is no document.
 */
export const LIMITS: Readonly<Limits> = {
  bytes: 32 * MB,
  characters: READ_LIMIT,
  pages: 50,
  entries: 5000,
  unpackedBytes: 256 * MB,
  expansion: 200,
  milliseconds: 15_000,
  memoryBytes: 1024 * MB,
};
