import { createInterface } from 'node:readline';
import { type Document, readMarkdown, readPlain } from '../documents/index.js';
import { type Bundle, loadBundle } from './bundle.js';
import type { Tokenizer } from './core/index.js';
import { Latch } from './latch.js';
import { OrtSession } from './ort.js';
import { loadTokenizer } from './tokenizer.js';

/** A document as the scripts that the gate is fitted with take it, Markdown unless it says otherwise. */
export interface Row {
  id: string;
  text: string;
  title?: string;
  format?: 'markdown' | 'plain';
  suitable?: boolean;
}

/** The rows of standard input, one JSON object a line, with their documents. */
export async function* rows(): AsyncGenerator<{ row: Row; document: Document }> {
  for await (const line of createInterface({ input: process.stdin })) {
    const row = JSON.parse(line) as Row;
    const { text, title, format } = row;
    yield { row, document: (format === 'plain' ? readPlain : readMarkdown)(text, { title }) };
  }
}

/** A bundle on one thread of this process, to be released by the caller. */
export async function open(
  folder: string,
): Promise<{ bundle: Bundle; session: OrtSession; tokenizer: Tokenizer }> {
  const bundle = await loadBundle(folder);
  const session = await OrtSession.load(bundle, { threads: 1, providers: ['cpu'] }, new Latch());
  return { bundle, session, tokenizer: await loadTokenizer(bundle.tokenizer) };
}
