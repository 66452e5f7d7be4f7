import { open, readFile, rm } from 'node:fs/promises';
import { Failure } from '../failure.js';

/** Takes a lock file for this process; one that a dead process left is taken over. */
export async function takeLock(path: string): Promise<() => Promise<void>> {
  for (let tries = 0; tries < 3; tries++) {
    try {
      const file = await open(path, 'wx');
      await file.writeFile(String(process.pid));
      await file.close();
      return () => rm(path, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      const owner = Number(await readFile(path, 'utf8').catch(() => ''));
      if (isAlive(owner)) {
        throw new Failure(
          `${path.replace(/\.lock$/, '')}: another run writes it (process ${owner}); wait for it, or choose another --out`,
        );
      }
      await rm(path, { force: true });
    }
  }
  throw new Failure(`${path}: the lock cannot be taken`);
}

function isAlive(pid: number): boolean {
  if (!(pid > 0) || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
