import { type Command, InvalidArgumentError } from 'commander';
import { keysHelp, serveHelp } from './examples.js';
import { addSettings } from './settings.js';

type Run = <A extends unknown[]>(
  load: () => Promise<(...args: A) => Promise<number>>,
) => (...args: A) => Promise<void>;

/** `serve`, and what an operator does around it. */
export function addServiceCommands(precis: Command, run: Run): void {
  addSettings(precis.command('serve').description('start the HTTP service'))
    .addHelpText('after', serveHelp)
    .action(run(async () => (await import('./commands/serve.js')).serve));

  addSettings(precis.command('config').description('print the settings that serve would run with'))
    .option('--json', 'print JSON')
    .action(run(async () => (await import('./commands/config.js')).config));

  const keys = precis
    .command('keys')
    .description('API keys of the service')
    .addHelpText('after', keysHelp);
  addSettings(
    keys
      .command('create')
      .description('make a key and print it; it is shown this once')
      .argument('<name>', 'who or what will use it')
      .option('--scope <scope...>', 'suggest, feedback, admin (default: suggest feedback)')
      .option('--rate-per-minute <n>', 'requests a minute', whole)
      .option('--documents-per-day <n>', 'documents a day, UTC', whole)
      .option('--expires <date>', 'last moment it is good, such as 2027-01-31', date),
    ['data', 'keysFile'],
  ).action(run(async () => (await import('./commands/keys.js')).create));
  addSettings(keys.command('list').description('print all keys').option('--json', 'print JSON'), [
    'data',
    'keysFile',
  ]).action(run(async () => (await import('./commands/keys.js')).list));
  addSettings(
    keys.command('remove').description('remove a key').argument('<key>', 'its id or name'),
    ['data', 'keysFile'],
  ).action(run(async () => (await import('./commands/keys.js')).remove));

  const feedback = precis.command('feedback').description('what became of suggestions');
  addSettings(
    feedback
      .command('export')
      .description('write the latest feedback on each suggestion as NDJSON, for calibration')
      .option('--out <file>', 'where it goes; - for standard output', '-')
      .option('--days <n>', 'how far back', '3650')
      .option('--url <url>', 'ask a running service, with the key in PRECIS_API_KEY'),
    ['data', 'databaseUrl'],
  ).action(run(async () => (await import('./commands/feedback.js')).exportFeedback));
}

function whole(text: string): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1) return value;
  throw new InvalidArgumentError('A whole number above 0 is needed.');
}

function date(text: string): Date {
  const value = new Date(text);
  if (!Number.isNaN(value.getTime())) return value;
  throw new InvalidArgumentError('A date is needed, such as 2027-01-31.');
}
