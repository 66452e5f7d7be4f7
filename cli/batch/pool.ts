import { createReadStream } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';

interface Place {
  file: number;
  at: number;
  size: number;
}

/** A whole answer ends in its key; a torn or failed one does not. */
const KEY = /"key":"([0-9a-f]{32})"\}$/;
const TAIL = 48;

/** Answers that earlier runs left in files, found by their keys. Only places are held in memory. */
export class AnswerPool {
  private readonly places = new Map<string, Place>();
  private readonly handles: FileHandle[] = [];

  get size(): number {
    return this.places.size;
  }

  /** Adds the answers of a file; one that does not exist has none. */
  async add(path: string): Promise<void> {
    const handle = await open(path).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    });
    if (!handle) return;
    const file = this.handles.push(handle) - 1;
    let start = 0;
    let at = 0;
    let tail = '';
    for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
      let from = 0;
      for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, from)) {
        tail += chunk.subarray(Math.max(from, end - TAIL), end).toString('latin1');
        const key = KEY.exec(tail)?.[1];
        const next = at + end + 1;
        if (key) this.places.set(key, { file, at: start, size: next - start });
        start = next;
        from = end + 1;
        tail = '';
      }
      tail = (tail + chunk.subarray(Math.max(from, chunk.length - TAIL)).toString('latin1')).slice(
        -TAIL,
      );
      at += chunk.length;
    }
  }

  /** The line of an answer with its newline; undefined when there is none. */
  async take(key: string): Promise<string | undefined> {
    const place = this.places.get(key);
    if (!place) return undefined;
    const buffer = Buffer.alloc(place.size);
    await this.handles[place.file]?.read(buffer, 0, place.size, place.at);
    const line = buffer.toString('utf8');
    try {
      return (JSON.parse(line) as { key?: unknown }).key === key ? line : undefined;
    } catch {
      return undefined;
    }
  }

  async close(): Promise<void> {
    for (const handle of this.handles) await handle.close();
  }
}
