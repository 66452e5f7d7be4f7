import type { Effective } from './read.js';
import { flagOf, keys, originOf } from './schema.js';

/** One setting for a person or a program; secrets are hidden. */
export function describeConfig({ config, sources }: Effective) {
  return keys.map((key) => {
    const { variable, about, why, secret } = originOf(key);
    const value = config[key];
    return {
      key,
      value: secret && value !== undefined ? '***' : (value ?? null),
      source: sources[key],
      flag: flagOf(key),
      variable,
      about,
      why,
    };
  });
}

export function printConfig(effective: Effective): string {
  const blocks = describeConfig(effective).map(
    ({ key, value, source, flag, variable, ...text }) => {
      const shown = (Array.isArray(value) ? value.join(', ') : value) ?? '';
      const reason = source === 'default' ? `default: ${text.why}` : `from the ${source}`;
      return `${key} = ${shown === '' ? '(none)' : shown}\n  ${text.about}; ${reason}\n  ${flag}, ${variable}\n`;
    },
  );
  return blocks.join('\n');
}
