import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** One row of `docs/results/bench.json`. */
export interface Figure {
  name: string;
  value: number;
  /** `≥20`, `≤1.5 s`: what issue 6 asks for. */
  goal: string;
  met: boolean;
  /** Measures this row alone. */
  command: string;
}

/** A row of the runtime's bench; `goal` begins with ≥ or ≤ and a number. */
export function figure(name: string, value: number, goal: string, only: string): Figure {
  return judged({ name, value, goal }, commandOf(only));
}

/** A row: rounded, and held against its goal. */
export function judged(
  { name, value, goal }: Pick<Figure, 'name' | 'value' | 'goal'>,
  command: string,
): Figure {
  const limit = Number.parseFloat(goal.slice(1));
  const met = goal.startsWith('≥') ? value >= limit : value <= limit;
  return { name, value: Number(value.toPrecision(3)), goal, met, command };
}

/** What measures the rows of one name. */
export const commandOf = (only: string) => `npm run bench -- --only ${only}`;

/**
 * Earlier rows with the new ones in place of those that the same commands gave, in the order of
 * `commands`; rows of other commands last.
 */
function updated(
  earlier: readonly Figure[],
  figures: readonly Figure[],
  commands: readonly string[],
): Figure[] {
  const anew = new Set(figures.map(({ command }) => command));
  const rows = [...earlier.filter(({ command }) => !anew.has(command)), ...figures];
  const place = ({ command }: Figure) => {
    const at = commands.indexOf(command);
    return at < 0 ? commands.length : at;
  };
  return rows.sort((a, b) => place(a) - place(b));
}

/** Puts rows into the file in the place of those that the same commands gave, as `updated`; returns all. */
export function replaceIn(
  file: string,
  figures: readonly Figure[],
  commands: readonly string[] = [],
): Figure[] {
  const earlier: Figure[] = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : [];
  const rows = updated(earlier, figures, commands);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify(rows, null, 2)}\n`);
  return rows;
}

/** The rows as a Markdown table, under a line that says where they were measured. */
export function table(figures: readonly Figure[], where: string): string {
  const cells = [
    ['figure', 'value', 'goal', 'met'],
    ...figures.map(({ name, value, goal, met }) => [name, String(value), goal, met ? 'yes' : 'no']),
  ];
  const widths = [0, 1, 2, 3].map((c) =>
    Math.max(...cells.map((row) => (row[c] as string).length)),
  );
  const line = (row: string[]) =>
    `| ${row.map((cell, c) => cell.padEnd(widths[c] as number)).join(' | ')} |`;
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  const [head, ...rows] = cells;
  return `# Figures of the runtime\n\n${where}\n\n${[line(head as string[]), rule, ...rows.map(line)].join('\n')}\n`;
}
