import { Command, CommanderError } from 'commander';
import { version } from '../server/version.js';
import { applySettings } from './defaults.js';
import { addDocumentCommands, addInstallationCommands } from './document.js';
import { precisHelp } from './examples.js';
import { exit } from './exit.js';
import { addServiceCommands } from './service.js';

/** Runs the command line and gives its exit code. */
export async function program(argv: readonly string[]): Promise<number> {
  let code: number = exit.done;
  // Loaded when asked for: help and wrong arguments need neither the model nor the service.
  const run =
    <A extends unknown[]>(load: () => Promise<(...args: A) => Promise<number>>) =>
    async (...args: A) => {
      const command = await load();
      code = await command(...args);
    };

  const precis = new Command('precis')
    .description('Suggests a summary of one or two sentences for a document, or says why not.')
    .version(version)
    .exitOverride()
    .addHelpText('after', precisHelp);

  addDocumentCommands(precis, run);
  addServiceCommands(precis, run);

  addInstallationCommands(precis, run);
  applySettings(precis.commands);

  try {
    await precis.parseAsync(argv);
  } catch (error) {
    // Commander has printed its message already; asking for help is no error.
    if (error instanceof CommanderError) return error.exitCode === 0 ? exit.done : exit.error;
    throw error;
  }
  return code;
}
