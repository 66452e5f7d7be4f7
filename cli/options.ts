import { availableParallelism } from 'node:os';
import { Argument, InvalidArgumentError, Option } from 'commander';
import { suggestionLength, suggestionType } from '../server/schemas/suggestion.js';

/** Options that several commands share. */
export const bundle = () =>
  new Option('--bundle <folder>', 'model to use (default: the one that ships with precis)').env(
    'PRECIS_BUNDLE',
  );

export const length = () =>
  new Option('--length <length>', 'short: one sentence, medium: up to two')
    .choices(suggestionLength.options)
    .default('short');

export const type = () =>
  new Option('--type <type>', 'what to write').choices(suggestionType.options).default('tldr');

export const format = () =>
  new Option(
    '--format <format>',
    'how a text is written (default: by its extension; other files tell themselves)',
  ).choices(['markdown', 'plain', 'html']);

export const workers = () =>
  new Option('--workers <n>', 'documents done at once')
    .argParser((text) => {
      const value = Number(text);
      if (Number.isInteger(value) && value >= 1 && value <= 256) return value;
      throw new InvalidArgumentError('A whole number from 1 to 256 is needed.');
    })
    .default(availableParallelism(), 'one a core');

export const minConfidence = () =>
  new Option(
    '--min-confidence <p>',
    "withhold suggestions below this confidence, 0 to 1 (default: the model's own)",
  ).argParser((text) => {
    const value = Number(text);
    if (text.trim() === '' || !(value >= 0 && value <= 1)) {
      throw new InvalidArgumentError('A number from 0 to 1 is needed.');
    }
    return value;
  });

/** A limit of `compare`, from 0 to `most`. */
export const limit = (name: string, description: string, value: number, most = 1) =>
  new Option(`${name} <n>`, description)
    .argParser((text) => {
      const given = Number(text);
      if (text.trim() !== '' && given >= 0 && given <= most) return given;
      throw new InvalidArgumentError(`A number from 0 to ${most} is needed.`);
    })
    .default(value);

export const shell = () => new Argument('<shell>').choices(['bash', 'zsh', 'fish']);
