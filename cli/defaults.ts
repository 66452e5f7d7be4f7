import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Command } from 'commander';
import { Failure } from './failure.js';

/** Options that a settings file may set, for every command that has them. */
const KEYS = ['length', 'type', 'minConfidence', 'workers', 'bundle', 'quiet', 'verbose'] as const;
const NAME = '.precis.json';

/** The settings of the user, and over them those of the folder or the nearest one above it. */
export function settingsFiles(from = process.cwd()): string[] {
  const { XDG_CONFIG_HOME } = process.env;
  const user = join(XDG_CONFIG_HOME || join(homedir(), '.config'), 'precis/cli.json');
  const files = existsSync(user) ? [user] : [];
  for (let folder = from; ; folder = dirname(folder)) {
    const file = join(folder, NAME);
    if (existsSync(file)) return [...files, file];
    if (dirname(folder) === folder) return files;
  }
}

/** Makes the settings the defaults of the commands; flags and environment variables win over them. */
export function applySettings(commands: readonly Command[]): void {
  for (const file of settingsFiles()) {
    const settings = read(file);
    for (const command of commands) {
      for (const option of command.options) {
        const key = option.attributeName();
        const value = settings[key];
        if (value === undefined) continue;
        try {
          const parse = option.parseArg as ((text: string, before: unknown) => unknown) | undefined;
          const parsed = parse ? parse.call(option, String(value), undefined) : value;
          command.setOptionValueWithSource(key, parsed, 'config');
        } catch (error) {
          throw new Failure(`${file}: ${key}: ${(error as Error).message}`);
        }
      }
    }
  }
}

function read(file: string): Record<string, unknown> {
  let settings: unknown;
  try {
    settings = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    throw new Failure(`${file}: is not JSON`);
  }
  if (typeof settings !== 'object' || settings === null || Array.isArray(settings)) {
    throw new Failure(`${file}: a JSON object of settings is needed`);
  }
  for (const key of Object.keys(settings)) {
    if (!(KEYS as readonly string[]).includes(key)) {
      throw new Failure(`${file}: there is no setting ${key}; there are ${KEYS.join(', ')}`);
    }
  }
  return settings as Record<string, unknown>;
}
