/**
 * PGlite in a thread of its own: it computes in the thread that calls it, seconds long when it makes
 * its files, and the service has to answer meanwhile.
 */
import { existsSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';
import type { Statement } from './database.js';

const port = parentPort;
if (!port) throw new Error('feedback/embedded-worker.js runs in a worker thread only');
const { folder } = workerData as { folder: string };

// Files that were not finished when their process ended hold nothing that was acknowledged.
const finished = `${folder}.ready`;
if (!existsSync(finished)) await rm(folder, { recursive: true, force: true });
// Left by a process that was killed; that nobody else is here is known from the lock on the folder.
await rm(join(folder, 'postmaster.pid'), { force: true });
const database = await PGlite.create(folder);
await writeFile(finished, '');

port.on('message', async (message: { id: number; statements: Statement[] } | 'close') => {
  if (message === 'close') {
    await database.close();
    port.close();
    return;
  }
  const { id, statements } = message;
  try {
    const rows = await database.transaction(async (transaction) => {
      const results = [];
      for (const { sql, values = [] } of statements) {
        results.push((await transaction.query(sql, [...values])).rows);
      }
      return results;
    });
    port.postMessage({ id, rows });
  } catch (error) {
    const { message: text, code } = error as Error & { code?: string };
    port.postMessage({ id, error: { message: text, code } });
  }
});
port.postMessage('ready');
