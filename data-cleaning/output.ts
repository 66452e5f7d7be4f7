import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import type { Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { Failure } from '../cli/failure.js';

/** What an output holds, as DONE tells. `sha256` is of the records, not of the packed bytes. */
export interface Manifest {
  rows: number;
  bytes: number;
  sha256: string;
}

/**
 * A JSON Lines file, zstd-compressed where its name says so, written under a temporary name: `close`
 * finishes it, `publish` gives it its name. Until then an earlier file of that name stays as it was.
 */
export class Output {
  count = 0;
  private readonly stream: Writable;
  private readonly done: Promise<unknown>;
  private readonly hash = createHash('sha256');
  private readonly temporary: string;

  constructor(readonly path: string) {
    this.temporary = `${path}.part`;
    const file = createWriteStream(this.temporary, { flush: true });
    if (path.endsWith('.zst')) {
      // Level 3 needs 5 MB where 6 needs 12, for outputs that are 4 % larger; four are open at once.
      const child = spawn('zstd', ['-q', '-3', '-c'], { stdio: ['pipe', 'pipe', 'pipe'] });
      const ended = packed(child);
      ended.catch(() => {});
      const written = finished(file).catch((error) => {
        child.kill();
        throw error;
      });
      child.stdout.pipe(file);
      child.stdin.on('error', () => {});
      this.stream = child.stdin;
      // A full disk makes zstd fail too: its own error is the one to tell.
      this.done = written.then(() => ended);
    } else {
      this.stream = file;
      this.done = finished(file);
    }
    this.done.catch(() => {});
  }

  /** @throws what the disk or zstd said, at this call or a later one. */
  async write(record: object): Promise<void> {
    const line = `${JSON.stringify(record)}\n`;
    this.count++;
    this.hash.update(line);
    if (!this.stream.write(line)) await Promise.race([once(this.stream, 'drain'), this.done]);
  }

  async close(): Promise<Manifest> {
    this.stream.end();
    await this.done;
    const { size } = await stat(this.temporary);
    return { rows: this.count, bytes: size, sha256: this.hash.digest('hex') };
  }

  publish(): Promise<void> {
    return rename(this.temporary, this.path);
  }

  /** Gives up what was written. */
  async abort(): Promise<void> {
    this.stream.destroy();
    await this.done.catch(() => {});
    await rm(this.temporary, { force: true });
  }
}

const MISSING = 'writing .zst needs the program zstd: install it (apt-get install zstd)';

function packed(child: ReturnType<typeof spawn>): Promise<void> {
  return new Promise((resolve, reject) => {
    child.once('error', () => reject(new Failure(MISSING)));
    child.once('close', (code) =>
      code === 0 ? resolve() : reject(new Error(`zstd ended with ${code}`)),
    );
  });
}
