import { type Given, readConfig } from '../../server/config/index.js';
import { serve as start } from '../../server/serve.js';
import { exit } from '../exit.js';
import { load } from '../load.js';

export async function serve(flags: Given): Promise<number> {
  await start(readConfig(flags), load);
  return exit.done;
}
