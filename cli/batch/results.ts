import { createReadStream } from 'node:fs';
import { access, appendFile, type FileHandle, open, rename, rm } from 'node:fs/promises';
import { about, Failure } from '../failure.js';
import { takeLock } from './lock.js';
import { AnswerPool } from './pool.js';

/** Where the lines of a run go. */
export interface Results {
  /** An answer that an earlier run gave. */
  earlier(key: string): Promise<string | undefined>;
  write(line: string): Promise<void>;
  /** Keeps an answer whose turn to be written has not come. */
  keep(line: string): Promise<void>;
  finish(): Promise<void>;
  /** Leaves everything as it is, for the next run to go on from. */
  abandon(): Promise<void>;
}

export const toStandardOutput: Results = {
  async earlier() {
    return undefined;
  },
  write: (line) =>
    new Promise((resolve, reject) => {
      process.stdout.write(line, (error) => (error ? reject(error) : resolve()));
    }),
  async keep() {},
  async finish() {},
  async abandon() {},
};

/**
 * A results file. While a run is under way its lines stand in `OUT.partial`, and answers that are
 * waiting for their turn in `OUT.earlier`; at the end the first is renamed to `OUT`. A run that finds
 * these files takes their answers over, so that one killed at any moment costs only the documents it
 * was working on.
 */
export class ResultFile implements Results {
  private constructor(
    private readonly path: string,
    private readonly partial: FileHandle,
    private readonly pool: AnswerPool,
    private readonly unlock: () => Promise<void>,
  ) {}

  static async open(path: string, fresh: boolean): Promise<ResultFile> {
    const unlock = await takeLock(`${path}.lock`).catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') throw new Failure(`${path}: the folder does not exist`);
      // The lock is ours to know about.
      throw Object.assign(error, error.syscall ? { path } : {});
    });
    try {
      const pool = new AnswerPool();
      if (fresh) {
        await rm(`${path}.earlier`, { force: true });
      } else {
        await setAside(`${path}.partial`, `${path}.earlier`);
        await pool.add(path);
        await pool.add(`${path}.earlier`);
      }
      const partial = await open(`${path}.partial`, 'w');
      return new ResultFile(path, partial, pool, unlock);
    } catch (error) {
      await unlock();
      return about(path)(error as NodeJS.ErrnoException);
    }
  }

  earlier(key: string): Promise<string | undefined> {
    return this.pool.take(key);
  }

  async write(line: string): Promise<void> {
    await this.partial.appendFile(line).catch(about(this.path));
  }

  async keep(line: string): Promise<void> {
    await appendFile(`${this.path}.earlier`, line).catch(about(this.path));
  }

  async finish(): Promise<void> {
    await this.partial.sync().catch(about(this.path));
    await this.partial.close();
    await this.pool.close();
    await rename(`${this.path}.partial`, this.path).catch(about(this.path));
    await rm(`${this.path}.earlier`, { force: true });
    await this.unlock();
  }

  async abandon(): Promise<void> {
    const { size } = await this.partial.stat().catch(() => ({ size: 1 }));
    await this.partial.close().catch(() => {});
    if (size === 0) await rm(`${this.path}.partial`, { force: true });
    await this.pool.close().catch(() => {});
    await this.unlock();
  }
}

/** What a killed run wrote joins what it and others before it kept. */
async function setAside(partial: string, earlier: string): Promise<void> {
  const exists = (path: string) =>
    access(path).then(
      () => true,
      () => false,
    );
  if (!(await exists(partial))) return;
  if (!(await exists(earlier))) return rename(partial, earlier);
  // The files may end in the middle of a line.
  await appendFile(earlier, '\n');
  await appendFile(earlier, createReadStream(partial) as unknown as Uint8Array);
  await rm(partial);
}
