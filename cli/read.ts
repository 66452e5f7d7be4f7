import { createReadStream } from 'node:fs';
import { extname } from 'node:path';
import type { DocumentInput } from '../server/schemas/summaries.js';
import { about, Failure } from './failure.js';

export type Format = DocumentInput['format'];

const formats: Record<string, Format> = { '.txt': 'plain', '.text': 'plain' };

/** A document from a file, or from standard input for `-`. The extension tells the format. */
export async function readDocument(
  file: string,
  given: { format?: Format | undefined; title?: string | undefined },
): Promise<DocumentInput> {
  const chunks: Buffer[] = [];
  for await (const chunk of readBytes(file)) chunks.push(chunk);
  const text = decode(Buffer.concat(chunks), file === '-' ? 'standard input' : file);
  const format = given.format ?? formats[extname(file).toLowerCase()] ?? 'markdown';
  return { text, title: given.title, format };
}

/** The bytes of a file, or of standard input for `-`, as they come. */
export async function* readBytes(file: string): AsyncGenerator<Buffer> {
  try {
    yield* file === '-' ? process.stdin : createReadStream(file);
  } catch (error) {
    about(file)(error as NodeJS.ErrnoException);
  }
}

function decode(bytes: Buffer, name: string): string {
  if (bytes.includes(0)) throw new Failure(`${name}: is binary; Markdown or plain text is needed`);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Failure(`${name}: is not UTF-8 text; convert it first (iconv -t utf-8)`);
  }
}
