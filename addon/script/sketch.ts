import { type Block, plain } from './markdown.js';

/** A property of the document holds 9 kB: 500 hashes of four characters with their quotes fit. */
const MOST_BLOCKS = 500;
/** Below a fifth of the paragraphs a summary of one or two sentences seldom changes. */
const SUBSTANTIAL = 0.2;

/** A hash of 20 bits for each block: enough to tell how much of a document changed, not what it said. */
export function sketch(blocks: readonly Block[]): string[] {
  return blocks.slice(0, MOST_BLOCKS).map((block) => hash(plain(block).trim()));
}

/** Whether so much changed between two sketches that a new summary is worth asking for. */
export function isSubstantial(before: readonly string[], after: readonly string[]): boolean {
  const old = new Set(before);
  const now = new Set(after);
  const all = new Set([...before, ...after]);
  const kept = [...old].filter((each) => now.has(each)).length;
  return all.size > 0 && 1 - kept / all.size >= SUBSTANTIAL;
}

/** FNV-1a. */
function hash(text: string): string {
  let value = 0x811c9dc5;
  for (let index = 0; index < text.length; index++) {
    value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  }
  return (value >>> 12).toString(36).padStart(4, '0');
}
