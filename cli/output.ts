import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { about, Failure } from './failure.js';

/** Writes lines to standard output, or to a file that appears only when all of them are there. */
export async function writeLines(file: string, lines: AsyncIterable<string>): Promise<void> {
  if (file === '-') {
    await pipeline(Readable.from(lines), process.stdout, { end: false });
    return;
  }
  const partial = `${file}.${process.pid}.partial`;
  try {
    await pipeline(Readable.from(lines), createWriteStream(partial));
    await rename(partial, file);
  } catch (error) {
    await rm(partial, { force: true });
    const { code, path } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' && path === partial) {
      throw new Failure(`${file}: the folder does not exist`);
    }
    return about(file)(error as NodeJS.ErrnoException);
  }
}
