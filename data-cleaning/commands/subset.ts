import { type Command, InvalidArgumentError } from 'commander';
import { subset } from '../subsets/subset.js';

const whole = (value: string): number => {
  const number = Number(value);
  if (!Number.isInteger(number) || number < 1)
    throw new InvalidArgumentError('a whole number from 1 on');
  return number;
};

const HELP = `
Names: raw, clean, clean-no-FILTER (what that filter alone holds back comes in), clean-no-score.
Subsets of the same --size and --seed differ in their recipe alone: train on each for an ablation.

  precis-clean subset clean/ raw --size 8000 --out raw.jsonl.zst
  precis-clean subset clean/ clean-no-framing --size 8000 --out clean-no-framing.jsonl.zst`;

export function addSubset(program: Command): void {
  program
    .command('subset')
    .description('draws a random subset of a run: raw, clean, or clean without one filter')
    .argument('<folder>', 'outputs of a finished run; its inputs must be where they were')
    .argument('<name>', 'raw, clean, clean-no-FILTER or clean-no-score')
    .requiredOption('--size <count>', 'pairs', whole)
    .requiredOption('--out <file>', 'JSON Lines; .zst compresses')
    .option('--seed <number>', 'of the draw', whole, 1)
    .addHelpText('after', HELP)
    .action(
      async (
        folder: string,
        name: string,
        options: { size: number; out: string; seed: number },
      ) => {
        const count = await subset(folder, { name, ...options });
        process.stdout.write(`${count} pairs in ${options.out}\n`);
      },
    );
}
