import { z } from 'zod';
import { unpacked } from '../cli/batch/unpack.js';
import { lines } from '../cli/lines.js';
import type { Document } from '../documents/index.js';

export { type CorpusFile, corpusFiles } from './sources/corpus.js';

const text = z.string().nullish();
const schema = z.object({
  id: z.union([z.string().min(1), z.number()]).transform(String),
  source: z
    .string()
    .nullish()
    .transform((value) => value ?? ''),
  license: z
    .string()
    .nullish()
    .transform((value) => value ?? ''),
  path: text,
  title: text,
  summary: text,
  body: z.string(),
  doc_type: text,
});

/** One document of a corpus: a line of a JSON Lines file, or a file of a folder. */
export type Row = z.infer<typeof schema> & {
  /** Already read, where the document is no Markdown; `body` is empty then. */
  document?: Document | undefined;
};

/** Bytes of a line at most: a longer one is reported, not held. */
export const LINE_LIMIT = 16 * 1024 * 1024;

/**
 * Lines of a plain, gzipped or zstd-compressed text file, as a stream.
 * @throws Failure naming the file when it is damaged or a line is longer than `LINE_LIMIT`.
 */
export async function* readLines(path: string): AsyncGenerator<string> {
  for await (const { bytes, number } of lines(unpacked(path), LINE_LIMIT)) {
    if (bytes === null) throw new Error(`${path}: line ${number} is longer than 16 MB`);
    yield bytes.toString('utf8');
  }
}

/** A row, or what is wrong with the line. */
export function parseRow(line: string): Row | { problem: string } {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return { problem: 'not JSON' };
  }
  const row = schema.safeParse(value);
  if (row.success) return row.data;
  const [issue] = row.error.issues;
  const field = issue?.path.join('.');
  if (!field) return { problem: 'no row' };
  const given = (value as Record<string, unknown>)[field];
  return { problem: given === undefined ? `no ${field}` : `${field} is not text` };
}
