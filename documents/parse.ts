import type { Document } from './document.js';
import type { Extract } from './extract.js';
import type { Limits } from './limits.js';
import type { FileFormat } from './sniff.js';
import { UnreadableError } from './unreadable.js';
import { Archive } from './zip.js';

/** Formats whose parser runs in a process of its own. */
export type ParsedFormat = Exclude<FileFormat, 'markdown' | 'plain'>;

export interface Parsed {
  format: FileFormat;
  truncated: boolean;
  document: Document;
}

/** Runs the parser of a format; loaded when first needed, as a whole set takes half a second. */
export async function parse(
  bytes: Uint8Array,
  given: ParsedFormat | 'zip',
  limits: Limits,
): Promise<Parsed> {
  const format = given === 'zip' ? await officeFormat(bytes, limits) : given;
  const extract = await extractOf(bytes, format, limits);
  const document = extract.document();
  if (document.blocks.length === 0) throw new UnreadableError('no_text');
  return { format, truncated: extract.truncated, document };
}

async function extractOf(
  bytes: Uint8Array,
  format: ParsedFormat,
  limits: Limits,
): Promise<Extract> {
  switch (format) {
    case 'html': {
      const { decodeHtml } = await import('./charset.js');
      return (await import('./html.js')).readHtml(decodeHtml(bytes), limits);
    }
    case 'docx':
      return (await import('./docx.js')).readDocx(bytes, limits);
    case 'odt':
      return (await import('./odt.js')).readOdt(bytes, limits);
    case 'pptx':
      return (await import('./pptx.js')).readPptx(bytes, limits);
    case 'pdf':
      return (await import('./pdf/read.js')).readPdf(bytes, limits);
    case 'eml':
      return (await import('./eml.js')).readEml(bytes, limits);
  }
}

/** What kind of office file a zip is, by the parts it has. */
async function officeFormat(bytes: Uint8Array, limits: Limits): Promise<ParsedFormat> {
  const { names } = await Archive.open(bytes, limits, (name) =>
    /^(word\/document|ppt\/presentation|content|xl\/workbook)\.xml$/.test(name),
  );
  if (names.includes('word/document.xml')) return 'docx';
  if (names.includes('ppt/presentation.xml')) return 'pptx';
  if (names.includes('content.xml')) return 'odt';
  const what = names.includes('xl/workbook.xml') ? 'a spreadsheet' : 'a zip archive';
  throw new UnreadableError('unsupported_type', what);
}
