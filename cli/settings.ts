import { type Command, Option } from 'commander';
import { type ConfigKey, config, flagOf, keys, originOf } from '../server/config/index.js';

/** Adds a flag for each of these settings; the schema says what it means and checks it later. */
export function addSettings(command: Command, wanted: readonly ConfigKey[] = keys): Command {
  for (const key of wanted) {
    const { about, variable } = originOf(key);
    const value = isSwitch(key) ? '' : ' <value>';
    command.addOption(new Option(`${flagOf(key)}${value}`, `${about} (environment: ${variable})`));
  }
  return command.option('--config <file>', 'JSON file of settings (environment: PRECIS_CONFIG)');
}

function isSwitch(key: ConfigKey): boolean {
  const type = config.shape[key];
  return type.safeParse('yes').success && !type.safeParse('anything').success;
}
