import type { Document } from './document.js';
import { decode } from './encoding.js';
import { LIMITS, type Limits } from './limits.js';
import { readMarkdown } from './markdown.js';
import { parsers } from './parsers.js';
import { readPlain } from './plain.js';
import { type FileFormat, formatOfMediaType, formatOfName, sniff } from './sniff.js';
import { UnreadableError } from './unreadable.js';

export interface FileOptions {
  /** Name of the file: its extension decides between formats that look alike, such as Markdown and text. */
  name?: string | undefined;
  mediaType?: string | undefined;
  /** Reads text as this format, whatever its name. */
  format?: FileFormat | undefined;
  title?: string | undefined;
  limits?: Partial<Limits> | undefined;
}

/** A document from a file. Its `source` is the extracted text, or the text itself for Markdown and plain text. */
export interface FileDocument extends Document {
  format: FileFormat;
  /** Whether a limit kept some of the file out. */
  truncated: boolean;
  /** Of Markdown and plain text. */
  encoding?: string;
}

/**
 * Reads a file of any known format. What it is, its bytes tell: name and media type only choose where
 * bytes leave it open. Formats other than text are parsed in another process under limits of time and
 * memory.
 *
 * @throws UnreadableError with a code and a sentence saying what is wrong with the file.
 */
export async function readDocument(
  bytes: Uint8Array,
  options: FileOptions = {},
): Promise<FileDocument> {
  const limits = { ...LIMITS, ...options.limits };
  if (bytes.length === 0) throw new UnreadableError('empty_file');
  if (bytes.length > limits.bytes) {
    throw new UnreadableError('too_large', `${bytes.length} bytes, ${limits.bytes} allowed`);
  }
  const format = formatOf(bytes, options);
  if (format === 'markdown' || format === 'plain') return readText(bytes, format, options, limits);
  const { document, ...about } = await parsers.parse({ bytes, format, limits });
  const title = options.title ?? document.title;
  return { ...document, ...(title ? { title } : {}), ...about };
}

function formatOf(bytes: Uint8Array, options: FileOptions): FileFormat | 'zip' {
  const named = formatOfName(options.name) ?? formatOfMediaType(options.mediaType);
  const { format } = options;
  if (format === 'markdown' || format === 'plain' || format === 'html') return format;
  const found = sniff(bytes);
  if (found === 'text') {
    if (named === 'html' || named === 'eml' || named === 'plain') return named;
    // A name that promises a binary format lies, or the file lost its head.
    if (named && named !== 'markdown') throw new UnreadableError('damaged', `not ${named}`);
    return 'markdown';
  }
  if ('foreign' in found) {
    throw found.encrypted
      ? new UnreadableError('password_protected')
      : new UnreadableError('unsupported_type', found.foreign);
  }
  // Markdown may begin with HTML, and a text about mail with a mail's head: there the name decides.
  const markup = found.format === 'html' || found.format === 'eml';
  if (markup && (named === 'markdown' || named === 'plain')) return named;
  return found.format;
}

function readText(
  bytes: Uint8Array,
  format: 'markdown' | 'plain',
  { title }: FileOptions,
  limits: Limits,
): FileDocument {
  const { text, encoding } = decode(bytes);
  const read = format === 'markdown' ? readMarkdown : readPlain;
  const document = read(text, { title, limit: limits.characters });
  return { ...document, format, encoding, truncated: text.length > limits.characters };
}
