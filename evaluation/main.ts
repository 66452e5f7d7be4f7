import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Command } from 'commander';
import { page } from './page/page.js';
import { type Report, report } from './report.js';
import { Judgments } from './rows/judgment.js';
import { InputError } from './rows/lines.js';
import { fallbackOf, readSets, readTeacher } from './sets.js';
import { summary } from './summary.js';

interface Flags {
  split: string;
  out: string;
  judged?: string[];
  teacher?: string;
  bundle: string;
}

const program = new Command('precis-evaluate')
  .description(
    'Figures of the answers of precis batch: OUT/evaluation-SPLIT.json and OUT/evaluation.html.',
  )
  .argument('<folder...>', 'with documents.ndjson, short.ndjson and medium.ndjson')
  .requiredOption('--split <name>', 'what the documents are: dev, test')
  .option('--out <folder>', 'where the figures go', 'docs/results')
  .option('--judged <file...>', 'judged sheets (default: OUT/judged-SPLIT*.jsonl)')
  .option('--teacher <file>', 'texts of a teacher: lines of {id, short, medium}')
  .option('--bundle <folder>', 'bundle that answered', 'model/bundle')
  .action((folders: string[], flags: Flags) => {
    const { split, out } = flags;
    const judged = flags.judged ?? sheets(out, `judged-${split}`);
    const made = report({
      split,
      ...readSets(folders, fallbackOf(flags.bundle)),
      judgments: Judgments.read(judged),
      rejudgments: Judgments.read(sheets(out, `rejudged-${split}`)),
      teacher: flags.teacher ? readTeacher(flags.teacher) : {},
    });
    mkdirSync(out, { recursive: true });
    writeFileSync(join(out, `evaluation-${split}.json`), `${JSON.stringify(made, rounded, 1)}\n`);
    writeFileSync(join(out, 'evaluation.html'), page(reports(out)));
    process.stdout.write(summary(made));
  });

/** Judged sheets of a split: `judged-dev.jsonl`, `judged-dev-2.jsonl`. */
function sheets(folder: string, name: string): string[] {
  if (!existsSync(folder)) return [];
  const found = readdirSync(folder).filter(
    (file) => file.startsWith(name) && /\.jsonl$/.test(file),
  );
  return found.sort().map((file) => join(folder, file));
}

/** The page shows every split that has been evaluated, test first. */
function reports(folder: string): Report[] {
  return readdirSync(folder)
    .filter((file) => /^evaluation-\w+\.json$/.test(file))
    .sort()
    .reverse()
    .map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as Report);
}

function rounded(_: string, value: unknown): unknown {
  return typeof value === 'number' ? Number(value.toFixed(5)) : value;
}

try {
  program.parse();
} catch (error) {
  if (!(error instanceof InputError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
