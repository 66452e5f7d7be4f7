import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { realpath, rm } from 'node:fs/promises';
import { connect, createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Longest path of a Unix socket on Linux and macOS. */
const LONGEST = 100;

/**
 * Takes a folder for this process. PGlite has no lock of its own, and two processes on one folder
 * destroy it (electric-sql/pglite#1106). A listening socket is the lock: the kernel closes it with
 * its process, however that ends, and nothing depends on process numbers, which containers reuse.
 *
 * @throws Error when another process has it.
 * @returns what gives it back.
 */
export async function lockFolder(folder: string): Promise<() => void> {
  const path = socketOf(await realpath(folder));
  for (let attempt = 0; ; attempt++) {
    const server = createServer((socket) => socket.destroy());
    try {
      await listen(server, path);
      server.unref();
      return () => server.close();
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code !== 'EADDRINUSE') throw new Error(`${folder}: cannot be locked (${code})`);
      if (attempt > 0 || (await answers(path))) {
        throw new Error(
          `${folder} is in use by another precis. Give this one its own (--data, PRECIS_DATA), ` +
            'or let both use a PostgreSQL server (DATABASE_URL).',
        );
      }
      await rm(path, { force: true });
    }
  }
}

function socketOf(folder: string): string {
  const inside = join(folder, 'lock');
  if (Buffer.byteLength(inside) <= LONGEST) return inside;
  const name = createHash('sha256').update(folder).digest('hex').slice(0, 16);
  return join(tmpdir(), `precis-${name}.lock`);
}

async function listen(server: Server, path: string): Promise<void> {
  server.listen(path);
  await once(server, 'listening');
}

async function answers(path: string): Promise<boolean> {
  const socket = connect(path);
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}
