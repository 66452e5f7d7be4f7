import { type Command, Option } from 'commander';
import type { Shell } from './commands/completion.js';
import * as examples from './examples.js';
import * as options from './options.js';
import type { Run } from './run.js';

/** The commands for documents: one, many, and what people say to the suggestions. */
export function addDocumentCommands(precis: Command, run: Run): void {
  precis
    .command('suggest')
    .description('suggest a summary for a document, or for each of several')
    .argument(
      '<file...>',
      'Markdown, text, HTML, docx, odt, pptx, PDF or mail; a pattern; - for standard input',
    )
    .option('--json', "print the service's answer as JSON, for several documents one a line")
    .option('--title <title>', 'title, when the document does not hold it')
    .option('--sources', 'show the passages a suggestion was written from')
    .option('--explain', 'show how the document was read and what the model noted')
    .option('-q, --quiet', 'print suggestions and errors only')
    .option('-v, --verbose', 'print how the document was read')
    .addOption(options.format())
    .addOption(options.type())
    .addOption(options.length())
    .addOption(options.minConfidence())
    .addOption(options.bundle())
    .addHelpText('after', examples.suggestHelp)
    .action(run(async () => (await import('./commands/suggest.js')).suggest));

  precis
    .command('batch')
    .description('suggest summaries for many documents: files, folders or rows in, NDJSON out')
    .argument(
      '<input...>',
      'folders, documents, patterns; .ndjson, .csv, .tsv (also .gz, .zst), .parquet; - for rows on standard input',
    )
    .requiredOption(
      '--out <file>',
      'where the answers go, replaced when all are there; - for standard output',
    )
    .option('--column <name>', 'column of a CSV or Parquet file that holds the documents')
    .option('--id-column <name>', 'column that names them (default: the number of the row)')
    .option('--title-column <name>', 'column that holds their titles')
    .option('--unordered', 'write answers as they are done, not in the order of the input')
    .option('--fresh', 'take nothing over from an earlier run')
    .option('--report <file>', 'write a page about the results (HTML)')
    .option('--review', 'go through the suggestions at the end, on this terminal')
    .option('--write-frontmatter <field>', 'put accepted ones into Markdown files; needs --review')
    .option('-q, --quiet', 'print errors only')
    .addOption(new Option('--queue <url>', 'have precis worker do the work (postgres://…)'))
    .addOption(options.type())
    .addOption(options.length())
    .addOption(options.minConfidence())
    .addOption(options.workers())
    .addOption(options.bundle())
    .addHelpText('after', examples.batchHelp)
    .action(run(async () => (await import('./commands/batch.js')).batch));

  precis
    .command('review')
    .description('accept, edit or dismiss the suggestions of a batch, one key each')
    .argument('<results>', 'what precis batch wrote')
    .option('--all', 'show those again that were decided')
    .option('--write-frontmatter <field>', 'put accepted ones into the Markdown files')
    .option('--overwrite', 'also where the field has a text already')
    .addHelpText('after', examples.reviewHelp)
    .action(run(async () => (await import('./commands/review.js')).review));

  precis
    .command('compare')
    .description('say what changes when one bundle takes the place of another, and whether it may')
    .argument('<before>', 'a bundle, or what precis batch wrote')
    .argument('<after>', 'the same of the new one')
    .argument('[documents...]', 'what both are to answer, as for batch')
    .option('--json', 'print JSON')
    .option('--keep <folder>', 'keep the answers there; a later call takes them over')
    .addOption(options.limit('--min-agreement', 'least share shown or hidden alike', 0.9))
    .addOption(options.limit('--max-loss', 'most that ROUGE-L may fall, points', 1, 100))
    .addOption(options.limit('--max-changed', 'most of the texts that may change', 1))
    .addOption(options.limit('--max-unsuitable', 'most of the unsuitable that may be shown', 0.02))
    .addOption(options.length())
    .addOption(options.workers())
    .addHelpText('after', examples.compareHelp)
    .action(run(async () => (await import('./commands/compare.js')).compare));

  precis
    .command('worker')
    .description('do the documents of a queue, on any number of machines')
    .addOption(queue())
    .option('--drain', 'end when the queue is empty')
    .option('-q, --quiet', 'print errors only')
    .addOption(options.workers())
    .addOption(options.bundle())
    .addHelpText('after', examples.workerHelp)
    .action(run(async () => (await import('./commands/worker.js')).worker));

  precis
    .command('queue')
    .description('show what waits in a queue and what was given up')
    .addOption(queue())
    .option('--json', 'print JSON')
    .addHelpText('after', examples.queueHelp)
    .action(run(async () => (await import('./commands/worker.js')).queueStatus));
}

const queue = () =>
  new Option('--queue <url>', 'PostgreSQL that holds the queue (postgres://…)')
    .env('PRECIS_QUEUE')
    .makeOptionMandatory();

/** The commands about the installation itself. */
export function addInstallationCommands(precis: Command, run: Run): void {
  precis
    .command('info')
    .description('describe the model, how it runs and what can be read')
    .option('--json', 'print JSON')
    .addOption(options.bundle())
    .action(run(async () => (await import('./commands/info.js')).info));

  precis
    .command('doctor')
    .description('check the installation and say how to mend it')
    .option('--json', 'print JSON')
    .addOption(options.bundle())
    .action(run(async () => (await import('./commands/doctor.js')).doctor));

  precis
    .command('completion')
    .description('print a script that completes commands and options')
    .addArgument(options.shell())
    .addHelpText('after', examples.completionHelp)
    .action(
      run(async () => {
        const { completion } = await import('./commands/completion.js');
        return (shell: Shell) => completion(shell, precis);
      }),
    );
}
