import { open } from 'node:fs/promises';
import { describeError } from '../failure.js';
import { type Given, isAmong, look, walk } from '../files.js';
import { readBytes } from '../read.js';
import type { Item } from './item.js';
import { ndjson } from './rows.js';
import { type Columns, csv, parquet } from './table.js';
import { unpacked } from './unpack.js';

const PACKED = '(?:\\.(?:gz|zst))?$';
const NDJSON = new RegExp(`\\.(?:ndjson|jsonl)${PACKED}`, 'i');
const CSV = new RegExp(`\\.(?:csv|tsv)${PACKED}`, 'i');
const PARQUET = /\.parquet$/i;
const DOCUMENT = /\.(?:md|mdx|markdown|txt|text|html?|xhtml|docx|odt|pptx|pdf|eml)$/i;

/** Everything given to a batch, and how far its reading has come. */
export class Inputs {
  private done = 0;
  private total = 0;
  private counted = true;

  private constructor(
    private readonly given: Given[],
    private readonly columns: Columns,
  ) {
    for (const one of given) this.total += one.kind === 'file' ? one.bytes : 0;
    this.counted = given.every((one) => one.kind === 'file');
  }

  static async open(inputs: string[], columns: Columns): Promise<Inputs> {
    return new Inputs(await look(inputs), columns);
  }

  /** From 0 to 1; undefined while nobody knows the whole. */
  get progress(): number | undefined {
    return this.counted && this.total > 0 ? Math.min(1, this.done / this.total) : undefined;
  }

  /** Whether a file to be written would be read, or would take the place of what is read. */
  holds(path: string): Promise<boolean> {
    return isAmong(path, this.given);
  }

  /** Counts the documents in folders, so that progress can be told. */
  async count(): Promise<void> {
    if (this.given.some((one) => one.kind === 'stdin' || one.kind === 'stream')) return;
    for (const one of this.given) {
      if (one.kind === 'folder') for await (const _ of walk(one.path)) this.total += FILE;
    }
    this.counted = true;
  }

  async *items(): AsyncGenerator<Item> {
    const only = this.given.length === 1;
    for (const one of this.given) {
      if (one.kind === 'folder') yield* this.folder(one.path);
      else if (one.kind === 'stdin') yield* ndjson(readBytes('-'), only ? undefined : 'stdin');
      else if (one.kind === 'stream')
        yield* ndjson(readBytes(one.path), only ? undefined : one.path);
      else yield* this.file(one.path, one.bytes, only);
    }
  }

  private async *folder(folder: string): AsyncGenerator<Item> {
    for await (const { path, error } of walk(folder)) {
      this.done += FILE;
      if (error) {
        const message = describeError(error);
        yield { id: path, where: path, error: { code: 'unreadable_file', message } };
      } else yield { id: path, where: path, path };
    }
  }

  private async *file(path: string, bytes: number, only: boolean): AsyncGenerator<Item> {
    const seen = (count: number) => {
      this.done += count;
    };
    if (PARQUET.test(path)) {
      yield* parquet(path, this.columns);
      seen(bytes);
    } else if (CSV.test(path)) yield* csv(unpacked(path, seen), path, this.columns);
    else if (NDJSON.test(path) || !(DOCUMENT.test(path) || (await isDocument(path)))) {
      yield* ndjson(unpacked(path, seen), only ? undefined : path);
    } else {
      seen(bytes);
      yield { id: path, where: path, path };
    }
  }
}

/** What a file in a folder counts towards progress: documents differ less than their sizes. */
const FILE = 1;

/** A file without a known name is rows, unless it begins like a PDF or an office file. */
async function isDocument(path: string): Promise<boolean> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(16), 0, 16, 0);
    const head = buffer.subarray(0, bytesRead).toString('latin1');
    return /^(?:%PDF|PK)/.test(head);
  } finally {
    await file.close();
  }
}
