import { readFile } from 'node:fs/promises';
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
  const bytes = file === '-' ? await readStdin() : await readFile(file).catch(about(file));
  const format = given.format ?? formats[extname(file).toLowerCase()] ?? 'markdown';
  return {
    text: decode(bytes, file === '-' ? 'standard input' : file),
    title: given.title,
    format,
  };
}

async function readStdin(): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function decode(bytes: Buffer, name: string): string {
  if (bytes.includes(0)) throw new Failure(`${name}: is binary; Markdown or plain text is needed`);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new Failure(`${name}: is not UTF-8 text; convert it first (iconv -t utf-8)`);
  }
}
