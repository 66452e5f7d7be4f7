import { Command, CommanderError } from 'commander';
import { version } from '../server/version.js';
import { exit, exitHelp } from './exit.js';
import * as options from './options.js';
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
    .addHelpText('after', exitHelp);

  precis
    .command('suggest')
    .description('suggest a summary for one document')
    .argument('<file>', 'Markdown or plain text; - for standard input')
    .option('--json', "print the service's answer as JSON")
    .option('--title <title>', 'title, when the document does not hold it')
    .addOption(options.format())
    .addOption(options.type())
    .addOption(options.length())
    .addOption(options.minConfidence())
    .addOption(options.bundle())
    .addHelpText('after', exitHelp)
    .action(run(async () => (await import('./commands/suggest.js')).suggest));

  precis
    .command('batch')
    .description('suggest summaries for many documents: NDJSON in, NDJSON out, in order')
    .argument(
      '<in>',
      'a line a document: {"id", "text", "title"?, "format"?}; - for standard input',
    )
    .requiredOption(
      '--out <file>',
      'where the answers go, replaced when all are there; - for standard output',
    )
    .addOption(options.length())
    .addOption(options.minConfidence())
    .addOption(options.workers())
    .addOption(options.bundle())
    .addHelpText('after', exitHelp)
    .action(run(async () => (await import('./commands/batch.js')).batch));

  addServiceCommands(precis, run);

  precis
    .command('info')
    .description('describe the model')
    .option('--json', 'print JSON')
    .addOption(options.bundle())
    .action(run(async () => (await import('./commands/info.js')).info));

  try {
    await precis.parseAsync(argv);
  } catch (error) {
    // Commander has printed its message already; asking for help is no error.
    if (error instanceof CommanderError) return error.exitCode === 0 ? exit.done : exit.error;
    throw error;
  }
  return code;
}
