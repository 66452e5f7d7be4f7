import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { zstdFinished } from './rows.js';

/** A zstd-compressed JSON Lines file, written under a temporary name until it is closed. */
export class Output {
  count = 0;
  private readonly stream: Writable;
  private readonly done: Promise<unknown>;

  constructor(private readonly path: string) {
    const file = createWriteStream(this.temporary);
    if (path.endsWith('.zst')) {
      const child = spawn('zstd', ['-q', '-6', '-c'], { stdio: ['pipe', 'pipe', 'pipe'] });
      child.stdout.pipe(file);
      child.stdin.on('error', () => {});
      this.stream = child.stdin;
      this.done = Promise.all([zstdFinished(child, path), finished(file)]);
    } else {
      this.stream = file;
      this.done = finished(file);
    }
    this.done.catch(() => {});
  }

  private get temporary(): string {
    return `${this.path}.part`;
  }

  async write(record: object): Promise<void> {
    this.count++;
    if (!this.stream.write(`${JSON.stringify(record)}\n`)) {
      await Promise.race([once(this.stream, 'drain'), this.done]);
    }
  }

  async close(): Promise<void> {
    this.stream.end();
    await this.done;
    await rename(this.temporary, this.path);
  }

  /** Gives up what was written. */
  async abort(): Promise<void> {
    this.stream.end();
    await this.done.catch(() => {});
    await rm(this.temporary, { force: true });
  }
}
