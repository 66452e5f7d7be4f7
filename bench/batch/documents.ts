import { createWriteStream } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { prose } from '../context.js';

/** Words of a document that the model reads and answers. */
const WORDS = 400;

/** Rows for a batch: `count` documents, each a different one. */
export function whole(file: string, count: number): Promise<void> {
  const text = prose(WORDS);
  return write(file, count, (n) => `Part ${n}. ${text}`);
}

/** In the first thousand rows one of so many is a whole document, behind them one of FEW. */
const MANY = 20;
const FEW = 500;

/** Rows that are too short for a suggestion, and whole documents among them. */
export function tiny(file: string, count: number): Promise<void> {
  const text = prose(WORDS);
  return write(file, count, (n) => {
    return n % (n < 1000 ? MANY : FEW) === 0 ? `Part ${n}. ${text}` : `Note ${n}.`;
  });
}

async function write(file: string, count: number, textOf: (n: number) => string): Promise<void> {
  function* rows() {
    for (let id = 0; id < count; id++) {
      yield `${JSON.stringify({ id, text: textOf(id), format: 'plain' })}\n`;
    }
  }
  await pipeline(Readable.from(rows()), createWriteStream(file));
}
