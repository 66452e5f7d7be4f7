import {
  describeConfig,
  effectiveConfig,
  type Given,
  printConfig,
} from '../../server/config/index.js';
import { exit } from '../exit.js';

/** Prints the settings `serve` would run with, and where each comes from. */
export async function config({ json, ...flags }: Given & { json?: true }): Promise<number> {
  const effective = effectiveConfig(flags);
  process.stdout.write(
    json ? `${JSON.stringify(describeConfig(effective), null, 2)}\n` : printConfig(effective),
  );
  return exit.done;
}
