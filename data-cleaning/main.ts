#!/usr/bin/env node
import { Command, InvalidArgumentError } from 'commander';
import { run } from './run.js';

const count = (value: string): number => {
  const number = Number(value);
  if (!Number.isInteger(number) || number < 1)
    throw new InvalidArgumentError('a whole number from 1 on');
  return number;
};

const program = new Command('precis-clean').description(
  'Makes a small, consistent training set out of a large, inconsistent corpus.',
);

program
  .command('run')
  .description(
    'reads JSON Lines (.jsonl, .jsonl.gz, .jsonl.zst) and writes clean pairs, prose and rejects',
  )
  .argument('<input...>', 'files or folders')
  .requiredOption('--out <folder>', 'where the outputs go')
  .option('--annotated <folder>', 'annotated sets whose dev and test documents are kept out')
  .option('--workers <count>', 'worker threads', count)
  .action(
    async (inputs: string[], options: { out: string; annotated?: string; workers?: number }) => {
      const result = await run(inputs, {
        ...options,
        log: (message) => process.stderr.write(`${message}\n`),
      });
      process.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
    },
  );

program.parseAsync().catch((error: unknown) => {
  process.stderr.write(`precis-clean: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
