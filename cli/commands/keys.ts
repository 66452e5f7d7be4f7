import { type Given, readConfig } from '../../server/config/index.js';
import { readKeys, writeKeys } from '../../server/keys/file.js';
import { createKey, type Scope, scope } from '../../server/keys/key.js';
import { keysPath } from '../../server/keys/path.js';
import { exit } from '../exit.js';
import { Failure } from '../failure.js';

export interface CreateFlags extends Given {
  scope?: string[];
  ratePerMinute?: number;
  documentsPerDay?: number;
  expires?: Date;
}

/** The key goes to standard output, so that it can be piped into a store of secrets. */
export async function create(name: string, flags: CreateFlags): Promise<number> {
  const { scope: wanted = ['suggest', 'feedback'], ratePerMinute, documentsPerDay } = flags;
  const path = keysPath(readConfig({ data: flags.data, keysFile: flags.keysFile }));
  const scopes = wanted.map((each): Scope => {
    const parsed = scope.safeParse(each);
    if (parsed.success) return parsed.data;
    throw new Failure(`there is no scope ${each}; there are ${scope.options.join(', ')}`);
  });
  const { stored, secret } = createKey({
    name,
    scopes,
    ...(ratePerMinute === undefined ? {} : { ratePerMinute }),
    ...(documentsPerDay === undefined ? {} : { documentsPerDay }),
    ...(flags.expires === undefined ? {} : { expires: flags.expires.toISOString() }),
  });
  await writeKeys(path, [...(await readKeys(path)), stored]);
  process.stdout.write(`${secret}\n`);
  process.stderr.write(
    `Key ${stored.id} (${scopes.join(', ')}) is in ${path}; it is not shown again.\n`,
  );
  return exit.done;
}

export async function list(flags: Given & { json?: true }): Promise<number> {
  const path = keysPath(readConfig({ data: flags.data, keysFile: flags.keysFile }));
  const found = (await readKeys(path)).map(({ hash: _, ...key }) => key);
  if (flags.json) process.stdout.write(`${JSON.stringify(found, null, 2)}\n`);
  else if (found.length === 0) process.stderr.write(`There are no keys in ${path}.\n`);
  for (const key of flags.json ? [] : found) {
    const limits = [
      key.ratePerMinute && `${key.ratePerMinute} a minute`,
      key.documentsPerDay && `${key.documentsPerDay} documents a day`,
      key.expires && `until ${key.expires.slice(0, 10)}`,
    ].filter(Boolean);
    process.stdout.write(`${[key.id, key.name, key.scopes.join(','), ...limits].join('  ')}\n`);
  }
  return exit.done;
}

export async function remove(wanted: string, flags: Given): Promise<number> {
  const path = keysPath(readConfig({ data: flags.data, keysFile: flags.keysFile }));
  const found = await readKeys(path);
  const kept = found.filter(({ id, name }) => id !== wanted && name !== wanted);
  if (kept.length === found.length) throw new Failure(`there is no key ${wanted} in ${path}`);
  await writeKeys(path, kept);
  process.stderr.write(
    `${found.length - kept.length} removed; running services follow in a second.\n`,
  );
  return exit.done;
}
