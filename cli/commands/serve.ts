import { readConfig } from '../../server/config.js';
import { serve as start } from '../../server/serve.js';
import { exit } from '../exit.js';
import { load } from '../load.js';

export async function serve(flags: {
  port?: string;
  host?: string;
  bundle?: string;
}): Promise<number> {
  await start(readConfig(flags), load);
  return exit.done;
}
