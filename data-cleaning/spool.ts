import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { finished } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { readLines } from './rows.js';
import type { Judged } from './worker.js';

/** A worker's records about one input file; the file has its name only once it is complete. */
export class SpoolWriter {
  private readonly file;
  // Level 1: a spool is read twice and thrown away.
  private readonly zip = createGzip({ level: 1 });
  private readonly done: Promise<unknown>;

  constructor(private readonly path: string) {
    this.file = createWriteStream(`${path}.part`);
    this.file.on('error', (error) => this.zip.destroy(error));
    this.zip.pipe(this.file);
    this.done = Promise.all([finished(this.file), finished(this.zip, { readable: false })]);
    this.done.catch(() => {});
  }

  async write(record: Judged): Promise<void> {
    if (this.zip.write(`${JSON.stringify(record)}\n`)) return;
    await Promise.race([once(this.zip, 'drain'), this.done]);
  }

  async close(): Promise<void> {
    this.zip.end();
    await this.done;
    await rename(`${this.path}.part`, this.path);
  }

  async abort(): Promise<void> {
    this.zip.destroy();
    this.file.destroy();
    await rm(`${this.path}.part`, { force: true });
  }
}

/** What a worker wrote about a file. */
export async function* spooled(path: string): AsyncGenerator<Judged> {
  for await (const line of readLines(path)) yield JSON.parse(line) as Judged;
}
