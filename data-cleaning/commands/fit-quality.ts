import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { refit } from '../quality/refit.js';

export function addFitQuality(program: Command): void {
  program
    .command('fit-quality')
    .description('fits the learned score on the annotated pairs of a run and writes its weights')
    .argument('<folder>', 'outputs of a run with --annotated')
    .requiredOption('--out <file>', 'weights, as JSON')
    .option('--test', 'also measures the test split: once, at the end')
    .action(async (folder: string, options: { out: string; test?: boolean }) => {
      const splits = options.test ? ['dev', 'test'] : ['dev'];
      const weights = await refit(folder, splits);
      await writeFile(options.out, `${JSON.stringify(weights, null, 2)}\n`);
      const { thresholds, figures } = weights;
      process.stdout.write(`${JSON.stringify({ thresholds, figures }, null, 2)}\n`);
    });
}
