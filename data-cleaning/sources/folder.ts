import { join, sep } from 'node:path';
import { describeError } from '../../cli/failure.js';
import { readBounded } from '../../cli/read.js';
import { type FileDocument, readDocument } from '../../documents/index.js';
import type { Row } from '../rows.js';
import { frontMatter } from './front-matter.js';
import { metaFields } from './html-head.js';

export interface FolderOptions {
  /** Fields of the front matter (or HTML `<meta>`) that may hold the summary; the first that does. */
  summaryFields: readonly string[];
  /** What to call the corpus (owner/repository), and its licence: a folder does not say. */
  source?: string | undefined;
  license?: string | undefined;
}

/** Fields that documentation generators use for a summary (Hugo, Docusaurus, Jekyll, MkDocs). */
export const SUMMARY_FIELDS = ['description', 'summary', 'abstract', 'excerpt'];

/** The document at `name` below a folder, as a row. Its id is its path. */
export async function documentRow(
  folder: string,
  name: string,
  { summaryFields, source, license }: FolderOptions,
): Promise<Row | { problem: string }> {
  const id = name.split(sep).join('/');
  try {
    const bytes = await readBounded(join(folder, name));
    const document = await readDocument(bytes, { name });
    const { fields, body } = head(document, bytes);
    return {
      id,
      source: source ?? '',
      license: license ?? stringOf(fields.license) ?? '',
      path: id,
      title: stringOf(fields.title) ?? document.title,
      summary: summaryFields.map((field) => stringOf(fields[field])).find(Boolean) ?? null,
      body: body ?? '',
      doc_type: null,
      ...(body === undefined ? { document } : {}),
    };
  } catch (error) {
    return { problem: describeError(error) };
  }
}

/** What stands in front of the text, and the text where it is Markdown. */
function head(
  document: FileDocument,
  bytes: Uint8Array,
): { fields: Record<string, unknown>; body?: string } {
  const { format, source } = document;
  if (format === 'html') return { fields: metaFields(Buffer.from(bytes).toString('utf8')) };
  if (format !== 'markdown') return { fields: {} };
  return frontMatter(source) ?? { fields: {}, body: source };
}

function stringOf(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value : undefined;
}
