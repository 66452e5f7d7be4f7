import { spawn } from 'node:child_process';
import { createReadStream } from 'node:fs';
import zlib, { createGunzip } from 'node:zlib';
import { about, describeError, Failure } from '../failure.js';
import { readBytes } from '../read.js';

/** Bytes of a file, unpacked when its name ends in .gz or .zst. `seen` hears how many were read from disk. */
export async function* unpacked(
  path: string,
  seen: (bytes: number) => void = () => {},
): AsyncGenerator<Buffer> {
  if (!/\.(gz|zst)$/i.test(path)) {
    for await (const chunk of readBytes(path)) {
      seen(chunk.length);
      yield chunk;
    }
    return;
  }
  const file = createReadStream(path).on('data', (chunk) => seen(chunk.length));
  try {
    if (/\.gz$/i.test(path)) yield* file.pipe(forward(file, createGunzip()));
    else yield* zstd(file, path);
  } catch (error) {
    const { code, syscall } = error as NodeJS.ErrnoException;
    if (syscall) about(path)(error as NodeJS.ErrnoException);
    throw error instanceof Failure
      ? error
      : new Failure(`${path}: is damaged or cut short (${code ?? describeError(error)})`);
  }
}

/** Node unpacks zstd itself from 22.15 on; before that the program of that name does. */
function zstd(file: NodeJS.ReadableStream, path: string): AsyncIterable<Buffer> {
  const own = (zlib as unknown as { createZstdDecompress?: (o: object) => NodeJS.ReadWriteStream })
    .createZstdDecompress;
  if (own) {
    const windowLogMax = 100; // ZSTD_d_windowLogMax
    return file.pipe(
      forward(file, own({ params: { [windowLogMax]: 27 } })),
    ) as unknown as AsyncIterable<Buffer>;
  }
  return external(file, path);
}

async function* external(file: NodeJS.ReadableStream, path: string): AsyncGenerator<Buffer> {
  const child = spawn('zstd', ['-dcq', '--long=27'], { stdio: ['pipe', 'pipe', 'pipe'] });
  let message = '';
  child.stderr.on('data', (chunk: Buffer) => {
    message = (message + chunk).slice(-300);
  });
  const closed = new Promise<number | null>((resolve, reject) => {
    child.once('close', resolve);
    child.once('error', () =>
      reject(new Failure(`${path}: reading zstd needs the program zstd (apt-get install zstd)`)),
    );
  });
  closed.catch(() => {});
  child.stdin.on('error', () => {});
  let unread: Error | undefined;
  file.once('error', (error: Error) => {
    unread = error;
    child.stdin.end();
  });
  file.pipe(child.stdin);
  try {
    yield* child.stdout;
    if (unread) throw unread;
    if ((await closed) !== 0) {
      throw new Failure(`${path}: is damaged or cut short (${message.trim() || 'zstd failed'})`);
    }
  } finally {
    child.kill();
  }
}

/** `pipe` does not hand on errors. */
function forward<T extends NodeJS.WritableStream>(from: NodeJS.ReadableStream, to: T): T {
  from.on('error', (error) => (to as unknown as { destroy(e: Error): void }).destroy(error));
  return to;
}
