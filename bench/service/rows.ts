import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Figure } from '../figure.js';

/** One measurement of the service. */
export interface Row {
  name: string;
  value: number;
  /** `≤3`, `≥0.9`. */
  goal: string;
  /** The figures behind it. */
  note: string;
}

/** @param meanwhile what else the machine did meanwhile. */
export function toFigure(
  { name, value, goal, note }: Row,
  only: string,
  meanwhile: string,
): Figure {
  const limit = Number.parseFloat(goal.slice(1));
  const met = goal.startsWith('≥') ? value >= limit : value <= limit;
  const command = `npm run bench:service -- --only ${only}`;
  const rounded = Number(value.toPrecision(3));
  return Object.assign(
    { name, value: rounded, goal, met, command },
    { note: `${note}; ${meanwhile}` },
  );
}

/** Puts figures in the place of those with the same command. */
export function replaceIn(file: string, figures: readonly Figure[]): void {
  const earlier: Figure[] = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : [];
  const measured = new Set(figures.map(({ command }) => command));
  const others = earlier.filter(({ command }) => !measured.has(command));
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `${JSON.stringify([...others, ...figures], null, 2)}\n`);
}
