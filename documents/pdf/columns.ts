import type { Line } from './page.js';

/** Lines a column has at least, and the share of lines that may run across the gutter. */
const FEWEST = 4;
const ACROSS = 0.35;
const DEEPEST = 3;

/** Lines in reading order: column by column, with lines across both columns in between. */
export function readingOrder(lines: Line[], depth = 0): Line[] {
  const gutter = depth < DEEPEST ? findGutter(lines) : undefined;
  if (gutter === undefined) return [...lines].sort((a, b) => b.y - a.y || a.x - b.x);
  const ordered: Line[] = [];
  let left: Line[] = [];
  let right: Line[] = [];
  const flush = () => {
    ordered.push(...readingOrder(left, depth + 1), ...readingOrder(right, depth + 1));
    left = [];
    right = [];
  };
  for (const line of [...lines].sort((a, b) => b.y - a.y || a.x - b.x)) {
    if (line.right <= gutter) left.push(line);
    else if (line.x >= gutter) right.push(line);
    else {
      flush();
      ordered.push(line);
    }
  }
  flush();
  return ordered;
}

/** The x that divides two columns of running text standing side by side. */
function findGutter(lines: Line[]): number | undefined {
  if (lines.length < 2 * FEWEST) return undefined;
  let best: { x: number; across: number } | undefined;
  const starts = [...new Set(lines.map((line) => Math.floor(line.x)))].slice(0, 200);
  for (const x of starts) {
    const left = lines.filter((line) => line.right <= x);
    const right = lines.filter((line) => line.x >= x);
    const across = lines.length - left.length - right.length;
    if (left.length < FEWEST || right.length < FEWEST) continue;
    if (across > lines.length * ACROSS || !sideBySide(left, right)) continue;
    if (!isProse(left) || !isProse(right)) continue;
    if (!best || across < best.across) best = { x, across };
  }
  return best?.x;
}

function sideBySide(left: Line[], right: Line[]): boolean {
  const top = Math.min(highest(left), highest(right));
  const bottom = Math.max(lowest(left), lowest(right));
  const within = (line: Line) => line.y <= top + 1 && line.y >= bottom - 1;
  return left.filter(within).length >= FEWEST / 2 && right.filter(within).length >= FEWEST / 2;
}

/** Columns of a table are short words and numbers; those of a page are lines of several words. */
function isProse(lines: Line[]): boolean {
  const words = lines.map((line) => line.text.trim().split(/\s+/).length).sort((a, b) => a - b);
  return (words[Math.floor(words.length / 2)] ?? 0) >= 3;
}

const highest = (lines: Line[]) => lines.reduce((most, line) => Math.max(most, line.y), -1e9);
const lowest = (lines: Line[]) => lines.reduce((least, line) => Math.min(least, line.y), 1e9);
