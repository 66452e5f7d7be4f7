import type { Command } from 'commander';
import { paintFor } from '../../cli/colour.js';
import { stories } from '../explain/story.js';
import { tell } from '../explain/text.js';

export function addExplain(program: Command): void {
  program
    .command('explain')
    .description('tells what happened to one document: rewrites, filters, where it ended and why')
    .argument('<id>', 'its id (of a file in a folder: its path; of a broken line: file:line)')
    .requiredOption('--out <folder>', 'the outputs of a finished run')
    .option('--json', 'the same as JSON, a line a document')
    .action(async (id: string, { out, json }: { out: string; json?: boolean }) => {
      const found = await stories(out, id);
      const paint = paintFor(process.stdout);
      const texts = found.map((one) => (json ? `${JSON.stringify(one)}\n` : tell(one, paint)));
      process.stdout.write(texts.join(json ? '' : '\n'));
    });
}
