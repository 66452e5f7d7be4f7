import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open } from 'node:fs/promises';
import {
  type FileDocument,
  type FileFormat,
  LIMITS,
  readDocument as read,
  UnreadableError,
} from '../documents/index.js';
import { documentHash } from '../server/summarise.js';
import { about, Failure } from './failure.js';

export interface ReadFlags {
  format?: FileFormat | undefined;
  title?: string | undefined;
}

export interface Loaded {
  document: FileDocument;
  /** As the service gives it for the same text; of other files the SHA-256 of their bytes. */
  hash: string;
}

/** A document from a file, or from standard input for `-`. @throws Failure naming the file. */
export async function readDocument(file: string, flags: ReadFlags): Promise<Loaded> {
  const name = file === '-' ? 'standard input' : file;
  const bytes = await readWhole(file);
  try {
    return await toDocument(bytes, file, flags);
  } catch (error) {
    throw error instanceof UnreadableError ? new Failure(`${name}: ${error.message}`) : error;
  }
}

/** @throws UnreadableError */
export async function toDocument(
  bytes: Uint8Array,
  file: string,
  { format, title }: ReadFlags,
): Promise<Loaded> {
  // Nothing at all is a document without text, as it is over HTTP.
  const empty = bytes.length === 0 ? Buffer.from('\n') : bytes;
  const name = file === '-' ? undefined : file;
  const document = await read(empty, { name, format, title });
  return { document, hash: hashOf(document, bytes, title) };
}

function hashOf(document: FileDocument, bytes: Uint8Array, title: string | undefined): string {
  const { format, source } = document;
  if (format === 'markdown' || format === 'plain') {
    return documentHash({ text: bytes.length === 0 ? '' : source, title, format });
  }
  return createHash('sha256').update(bytes).digest('hex');
}

/** The bytes of a file that is not over the limit. @throws UnreadableError, system errors that name it. */
export async function readBounded(path: string): Promise<Buffer> {
  const file = await open(path, 'r').catch(about(path));
  try {
    const { size } = await file.stat();
    if (size > LIMITS.bytes) {
      throw new UnreadableError('too_large', `${size} bytes, ${LIMITS.bytes} allowed`);
    }
    return await file.readFile().catch(about(path));
  } finally {
    await file.close();
  }
}

async function readWhole(file: string): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of readBytes(file)) {
    size += chunk.length;
    if (size > LIMITS.bytes) {
      throw new Failure(`${file}: ${new UnreadableError('too_large').message}`);
    }
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** The bytes of a file, or of standard input for `-`, as they come. */
export async function* readBytes(file: string): AsyncGenerator<Buffer> {
  try {
    yield* file === '-' ? process.stdin : createReadStream(file);
  } catch (error) {
    about(file)(error as NodeJS.ErrnoException);
  }
}
