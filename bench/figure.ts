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

/** A row; `goal` begins with ≥ or ≤ and a number. */
export function figure(name: string, value: number, goal: string, only: string): Figure {
  const limit = Number.parseFloat(goal.slice(1));
  const met = goal.startsWith('≥') ? value >= limit : value <= limit;
  const command = `npm run bench -- --only ${only}`;
  return { name, value: Number(value.toPrecision(3)), goal, met, command };
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
