import { analyse } from 'chardet';
import iconv from 'iconv-lite';
import { UnreadableError } from './unreadable.js';

/** Bytes that the guess is made from: more adds time and no certainty. */
const SAMPLE = 64 * 1024;
const MARKS: [number[], string][] = [
  [[0xff, 0xfe, 0, 0], 'utf-32le'],
  [[0, 0, 0xfe, 0xff], 'utf-32be'],
  [[0xef, 0xbb, 0xbf], 'utf-8'],
  [[0xff, 0xfe], 'utf-16le'],
  [[0xfe, 0xff], 'utf-16be'],
];

/** Text of bytes in an encoding that nobody named. */
export function decode(bytes: Uint8Array): { text: string; encoding: string } {
  const encoding = encodingOf(bytes);
  const text = iconv.decode(
    Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
    encoding,
  );
  if (isBinary(text)) throw new UnreadableError('unsupported_type', 'binary data');
  return { text, encoding };
}

function encodingOf(bytes: Uint8Array): string {
  for (const [mark, name] of MARKS) {
    if (mark.every((byte, index) => bytes[index] === byte)) return name;
  }
  if (isUtf8(bytes)) return 'utf-8';
  const sample = bytes.subarray(0, SAMPLE);
  const wide = widePattern(sample);
  if (wide) return wide;
  if (sample.includes(0)) throw new UnreadableError('unsupported_type', 'binary data');
  const best = analyse(sample).find(({ name }) => iconv.encodingExists(name));
  // Western European text has few marks to go by; Windows-1252 is what browsers take Latin 1 for.
  if (!best || best.name === 'ISO-8859-1' || best.confidence < 10) return 'windows-1252';
  return best.name.toLowerCase();
}

function isUtf8(bytes: Uint8Array): boolean {
  if (bytes.subarray(0, SAMPLE).includes(0)) return false;
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** UTF-16 without a mark: every other byte of mostly Latin text is zero. */
function widePattern(sample: Uint8Array): string | undefined {
  const zeros = [0, 0];
  for (let i = 0; i < sample.length; i++) {
    if (sample[i] === 0) zeros[i % 2] = (zeros[i % 2] as number) + 1;
  }
  const half = sample.length / 2;
  const [even, odd] = zeros as [number, number];
  if (odd > half * 0.6 && even < half * 0.02) return 'utf-16le';
  if (even > half * 0.6 && odd < half * 0.02) return 'utf-16be';
  return undefined;
}

/** Control characters that no text has make up more than one in a hundred. */
function isBinary(text: string): boolean {
  const sample = text.slice(0, SAMPLE);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  const odd = sample.match(/[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]/g)?.length ?? 0;
  return odd > 0 && (odd > sample.length / 100 || sample.includes('\0'));
}
