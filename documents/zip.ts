import { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import yauzl from 'yauzl';
import type { Limits } from './limits.js';
import { UnreadableError } from './unreadable.js';

const fromBuffer = promisify<Buffer, yauzl.Options, yauzl.ZipFile>(yauzl.fromBuffer);

/** An archive whose every entry was unpacked once to see that it is within the limits. */
export class Archive {
  private constructor(private readonly parts: ReadonlyMap<string, Buffer>) {}

  /** Keeps the entries that `wanted` takes; counts all of them. */
  static async open(
    bytes: Uint8Array,
    limits: Limits,
    wanted: (name: string) => boolean,
  ): Promise<Archive> {
    const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const budget = Math.min(limits.unpackedBytes, bytes.length * limits.expansion + 1_000_000);
    const parts = new Map<string, Buffer>();
    try {
      const zip = await fromBuffer(buffer, { lazyEntries: true, strictFileNames: false });
      if (zip.entryCount > limits.entries) {
        throw new UnreadableError('zip_bomb', `${zip.entryCount} entries`);
      }
      let left = budget;
      for await (const entry of entries(zip)) {
        if (entry.isEncrypted()) throw new UnreadableError('password_protected');
        if (entry.uncompressedSize > left) throw new UnreadableError('zip_bomb');
        const keep = wanted(entry.fileName);
        const { data, size } = await unpack(zip, entry, left, keep);
        left -= size;
        if (keep) parts.set(entry.fileName, data);
      }
    } catch (error) {
      if (error instanceof UnreadableError) throw error;
      throw new UnreadableError('damaged', (error as Error).message);
    }
    return new Archive(parts);
  }

  get names(): string[] {
    return [...this.parts.keys()];
  }

  text(name: string): string | undefined {
    return this.parts.get(name)?.toString('utf8');
  }
}

async function* entries(zip: yauzl.ZipFile): AsyncGenerator<yauzl.Entry> {
  for (;;) {
    const entry = await new Promise<yauzl.Entry | undefined>((resolve, reject) => {
      const done = () => {
        zip.removeAllListeners('entry').removeAllListeners('end').removeAllListeners('error');
      };
      zip.once('entry', (found: yauzl.Entry) => {
        done();
        resolve(found);
      });
      zip.once('end', () => {
        done();
        resolve(undefined);
      });
      zip.once('error', (error: Error) => {
        done();
        reject(error);
      });
      zip.readEntry();
    });
    if (!entry) return;
    yield entry;
  }
}

/** yauzl refuses a stream that is longer than its entry says; the budget bounds what it may say. */
async function unpack(zip: yauzl.ZipFile, entry: yauzl.Entry, budget: number, keep: boolean) {
  const chunks: Buffer[] = [];
  let size = 0;
  if (entry.fileName.endsWith('/')) return { data: Buffer.alloc(0), size };
  const stream = await promisify(zip.openReadStream.bind(zip) as Opener)(entry);
  const sink = new Writable({
    write(chunk: Buffer, _encoding, next) {
      size += chunk.length;
      if (keep) chunks.push(chunk);
      next(size > budget ? new UnreadableError('zip_bomb') : null);
    },
  });
  await pipeline(stream, sink);
  return { data: Buffer.concat(chunks), size };
}

type Opener = (
  entry: yauzl.Entry,
  done: (error: Error | null, stream: NodeJS.ReadableStream) => void,
) => void;
