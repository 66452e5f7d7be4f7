import { readFileSync } from 'node:fs';
import { type Config, type ConfigKey, config, flagOf, keys, originOf } from './schema.js';

export type Given = Partial<Record<ConfigKey, unknown>>;
export type Source = 'flag' | 'environment' | 'file' | 'default';

export interface Effective {
  config: Config;
  /** Where each value came from. */
  sources: Record<ConfigKey, Source>;
}

/** Flags win over environment variables, which win over the file, which wins over the defaults. */
export function readConfig(
  flags: Given & { config?: string | undefined },
  environment: NodeJS.ProcessEnv = process.env,
): Config {
  return effectiveConfig(flags, environment).config;
}

/** @throws Error naming every setting that does not fit, and the variable or file it came from. */
export function effectiveConfig(
  flags: Given & { config?: string | undefined },
  environment: NodeJS.ProcessEnv = process.env,
): Effective {
  const path = flags.config ?? (environment.PRECIS_CONFIG || undefined);
  const file = path === undefined ? {} : readFile(path);
  const given: Given = {};
  const sources = {} as Record<ConfigKey, Source>;
  for (const key of keys) {
    const choices = { flag: flags[key], environment: environment[originOf(key).variable] };
    const found = Object.entries({ ...choices, file: file[key] }).find(
      ([, value]) => value !== undefined && value !== '',
    );
    sources[key] = (found?.[0] as Source) ?? 'default';
    if (found) given[key] = found[1];
  }
  const result = config.safeParse(given);
  if (result.success) return { config: result.data, sources };
  const lines = result.error.issues.map((issue) => {
    const key = issue.path[0] as ConfigKey;
    const names = { flag: flagOf(key), environment: originOf(key).variable, file: path ?? '' };
    const source = sources[key] === 'default' ? 'environment' : sources[key];
    return `${key} (${names[source]}): ${issue.message}`;
  });
  throw new Error(`Invalid configuration: ${lines.join('; ')}`);
}

function readFile(path: string): Given {
  let json: unknown;
  try {
    json = JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    // What does not parse is not quoted: it may hold the database's password.
    const { code } = error as NodeJS.ErrnoException;
    throw new Error(`${path}: ${code ? `cannot be read (${code})` : 'is not JSON'}`);
  }
  if (typeof json !== 'object' || json === null || Array.isArray(json)) {
    throw new Error(`${path}: a JSON object of settings is needed`);
  }
  const unknown = Object.keys(json).filter((key) => !keys.includes(key as ConfigKey));
  if (unknown.length > 0) {
    throw new Error(
      `${path}: no such setting: ${unknown.join(', ')}; there are ${keys.join(', ')}`,
    );
  }
  return json as Given;
}
