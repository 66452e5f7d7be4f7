import { version } from '../../server/version.js';
import { exit } from '../exit.js';
import { withModel } from '../load.js';

export async function info(flags: { json?: true; bundle?: string }): Promise<number> {
  const { model, types } = await withModel(flags.bundle, {}, async (loaded) => loaded.info());
  if (flags.json) {
    process.stdout.write(`${JSON.stringify({ version, model, types }, null, 2)}\n`);
    return exit.done;
  }
  const rows = [
    ['precis', version],
    ['model', `${model.name} ${model.version} (${model.created}, ${model.licence})`],
    ['writes', Object.entries(types).map(([type, lengths]) => `${type} (${lengths.join(', ')})`)],
    ['reads', `${model.languages.join(', ')}; up to ${model.limits.sourceTokens} tokens`],
  ] as const;
  for (const [name, value] of rows) process.stdout.write(`${name.padEnd(8)}${String(value)}\n`);
  return exit.done;
}
