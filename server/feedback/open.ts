import { mkdir } from 'node:fs/promises';
import type { Config } from '../config/index.js';
import type { Database } from './database.js';
import { lockFolder } from './lock.js';

export type Place = Pick<Config, 'databaseUrl' | 'data'>;

/** The database that the configuration names. Each is loaded only where it is used. */
export async function openDatabase(
  { databaseUrl, data }: Place,
  signal?: AbortSignal,
): Promise<Database> {
  if (databaseUrl) return (await import('./postgres.js')).openPostgres(databaseUrl);
  return (await import('./embedded.js')).openEmbedded(data, signal);
}

/**
 * Takes the data folder for this process, where the database is in it.
 *
 * @throws Error when another process has it.
 * @returns what gives it back.
 */
export async function claim({ databaseUrl, data }: Place): Promise<() => void> {
  if (databaseUrl) return () => {};
  await mkdir(data, { recursive: true }).catch(({ code }: NodeJS.ErrnoException) => {
    throw new Error(`${data} (PRECIS_DATA) cannot be made: ${code}`);
  });
  return lockFolder(data);
}
