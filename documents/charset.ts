import iconv from 'iconv-lite';
import { decode } from './encoding.js';

/** Text of a web page: the encoding it names itself, if it does, otherwise the one it looks like. */
export function decodeHtml(bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // HTML looks for the declaration in the first 1024 bytes (HTML standard, 13.2.3.2).
  const head = buffer.subarray(0, 1024).toString('latin1');
  const named = /<meta[^>]+charset\s*=\s*["']?\s*([\w.:-]+)/i.exec(head)?.[1];
  const marked = /^(?:\xff\xfe|\xfe\xff|\xef\xbb\xbf)/.test(head);
  if (named && !marked && iconv.encodingExists(named) && !/^utf-?(16|32)/i.test(named)) {
    return iconv.decode(buffer, named);
  }
  return decode(bytes).text;
}
