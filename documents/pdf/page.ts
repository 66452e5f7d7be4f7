/** A run of text on a page; y grows upwards, as in PDF. */
export interface Run {
  text: string;
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface Line {
  text: string;
  x: number;
  y: number;
  right: number;
  height: number;
}

/** Runs on one base line, joined; a gap wider than a column gutter starts a line of its own. */
export function linesOf(runs: Run[]): Line[] {
  const lines: Line[] = [];
  const sorted = [...runs].sort((a, b) => b.y - a.y || a.x - b.x);
  let row: Run[] = [];
  for (const run of sorted) {
    const first = row[0];
    // Superscripts sit up to half a line above the base line they belong to.
    if (first && Math.abs(first.y - run.y) > Math.max(first.height, run.height) * 0.4) {
      lines.push(...segments(row));
      row = [];
    }
    row.push(run);
  }
  lines.push(...segments(row));
  return lines;
}

/** Gaps as multiples of the font size: a word space is 0.2-0.35, a gutter at least one and a half. */
const SPACE = 0.15;
const GUTTER = 1.5;

function segments(row: Run[]): Line[] {
  const found: Line[] = [];
  let line: Line | undefined;
  for (const run of row.sort((a, b) => a.x - b.x)) {
    const gap = line ? run.x - line.right : 0;
    const size = Math.min(run.height, line?.height ?? run.height) || 10;
    if (!line || gap > size * GUTTER) {
      line = { text: run.text, x: run.x, y: run.y, right: run.x + run.width, height: run.height };
      found.push(line);
      continue;
    }
    const spaced = gap > size * SPACE && !line.text.endsWith(' ') && !run.text.startsWith(' ');
    line.text += (spaced ? ' ' : '') + run.text;
    line.right = Math.max(line.right, run.x + run.width);
    if (run.text.trim()) line.height = Math.max(line.height, run.height);
  }
  return found.filter((segment) => segment.text.trim() !== '');
}
