/** Formats that can be read. */
export const fileFormats = [
  'markdown',
  'plain',
  'html',
  'docx',
  'odt',
  'pptx',
  'pdf',
  'eml',
] as const;
export type FileFormat = (typeof fileFormats)[number];

/** What the bytes are, as far as they tell: a format, a name for something that cannot be read, or text. */
export type Sniffed =
  | { format: Exclude<FileFormat, 'markdown' | 'plain'> | 'zip' }
  | { foreign: string; encrypted?: true }
  | 'text';

const EXTENSIONS: Record<string, FileFormat> = {
  md: 'markdown',
  mdx: 'markdown',
  markdown: 'markdown',
  txt: 'plain',
  text: 'plain',
  html: 'html',
  htm: 'html',
  xhtml: 'html',
  docx: 'docx',
  odt: 'odt',
  pptx: 'pptx',
  pdf: 'pdf',
  eml: 'eml',
};

const MEDIA_TYPES: Record<string, FileFormat> = {
  'text/markdown': 'markdown',
  'text/plain': 'plain',
  'text/html': 'html',
  'application/xhtml+xml': 'html',
  'application/vnd.openxmlformats-officedocument.wordprocessingml.document': 'docx',
  'application/vnd.oasis.opendocument.text': 'odt',
  'application/vnd.openxmlformats-officedocument.presentationml.presentation': 'pptx',
  'application/pdf': 'pdf',
  'message/rfc822': 'eml',
};

export const extensions: readonly string[] = Object.keys(EXTENSIONS);

export function formatOfName(name: string | undefined): FileFormat | undefined {
  const extension = /\.([^./\\]+)$/.exec(name ?? '')?.[1];
  return extension === undefined ? undefined : EXTENSIONS[extension.toLowerCase()];
}

export function formatOfMediaType(type: string | undefined): FileFormat | undefined {
  return type === undefined
    ? undefined
    : MEDIA_TYPES[type.split(';')[0]?.trim().toLowerCase() ?? ''];
}

const FOREIGN: [string, string][] = [
  ['89504e47', 'a PNG image'],
  ['ffd8ff', 'a JPEG image'],
  ['47494638', 'a GIF image'],
  ['7b5c727466', 'RTF; save it as docx'],
  ['1f8b', 'gzip'],
  ['28b52ffd', 'zstd'],
  ['7f454c46', 'a program'],
  ['4d5a90', 'a program'],
  ['53514c69746520', 'a database'],
  ['50415231', 'Parquet; `precis batch --column` reads it'],
];
const HTML =
  /^\s*(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]{0,2000}?-->\s*)*<(?:!doctype\s+html|html[\s>]|head[\s>]|body[\s>])/i;
const MAIL =
  /^(?:From |(?:Received|Return-Path|Delivered-To|MIME-Version|Message-ID|From|Date|Subject|X-[\w-]+|DKIM-Signature):)/i;

/** Tells the type by the first bytes, whatever the name says. */
export function sniff(bytes: Uint8Array): Sniffed {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 4096));
  if (head.subarray(0, 1024).includes('%PDF-')) return { format: 'pdf' };
  if (head.subarray(0, 4).toString('latin1') === 'PK\x03\x04') return { format: 'zip' };
  const hex = head.subarray(0, 8).toString('hex');
  if (hex === 'd0cf11e0a1b11ae1') return oldOffice(bytes);
  for (const [magic, name] of FOREIGN) if (hex.startsWith(magic)) return { foreign: name };
  const text = head.toString('latin1').replace(/^\xef\xbb\xbf/, '');
  if (HTML.test(text)) return { format: 'html' };
  if (isMail(text)) return { format: 'eml' };
  return 'text';
}

/** A Word file with a password is an OLE file that holds the encrypted zip. */
function oldOffice(bytes: Uint8Array): Sniffed {
  const name = Buffer.from('EncryptedPackage', 'utf16le');
  const encrypted = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).includes(name);
  return encrypted
    ? { foreign: 'an encrypted Office file', encrypted }
    : { foreign: 'an Office file of before 2007; save it as docx' };
}

/** Header lines only down to an empty line, with a sender among them. */
function isMail(text: string): boolean {
  if (!MAIL.test(text)) return false;
  const head = text.split(/\r?\n\r?\n/, 1)[0] ?? '';
  const lines = head.split(/\r?\n/);
  const fields = lines.filter((line) => /^[\w-]+:\s?/.test(line)).length;
  const odd = lines.filter((line) => !/^(?:[\w-]+:|[ \t]|From )/.test(line)).length;
  return (
    fields >= 3 &&
    odd <= (text.length >= 4096 ? 1 : 0) &&
    /^(?:From|Received):/im.test(head) &&
    /^(?:Message-ID|MIME-Version|Date|Received):/im.test(head)
  );
}
