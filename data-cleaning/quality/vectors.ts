import type { Features } from './features.js';
import { BUCKETS, bucket, grams } from './grams.js';
import type { Examples } from './logistic.js';

export interface Column {
  name: string;
  mean: number;
  scale: number;
}

/** Smallest scale of a column: a flag that one row in a thousand has must not weigh 30 times. */
const LEAST_SCALE = 0.05;

/** Mean and spread of every feature that occurs. */
export function columnsOf(rows: readonly Features[]): Column[] {
  const names = [...new Set(rows.flatMap((row) => Object.keys(row)))].sort();
  return names.map((name) => {
    const values = rows.map((row) => row[name] ?? 0);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const square = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    return { name, mean, scale: Math.max(LEAST_SCALE, Math.sqrt(square)) };
  });
}

export const sizeOf = (columns: readonly Column[]): number => 1 + columns.length + BUCKETS;

export interface Term {
  name: string;
  column: number;
  value: number;
}

/**
 * A pair as terms of the linear score: the bias, every feature in standard deviations, and its n-grams,
 * which together have length 1.
 */
export function terms(found: Features, summary: string, columns: readonly Column[]): Term[] {
  const buckets = new Map<number, string>();
  for (const gram of grams(summary)) {
    const at = bucket(gram);
    if (!buckets.has(at)) buckets.set(at, gram);
  }
  const length = 1 / Math.sqrt(Math.max(1, buckets.size));
  return [
    { name: 'bias', column: 0, value: 1 },
    ...columns.map(({ name, mean, scale }, at) => ({
      name,
      column: 1 + at,
      value: ((found[name] ?? 0) - mean) / scale,
    })),
    ...[...buckets].map(([at, gram]) => ({
      name: `"${gram}"`,
      column: 1 + columns.length + at,
      value: length,
    })),
  ];
}

/** Rows of terms with their labels, packed. */
export function packed(rows: readonly Term[][], labels: readonly boolean[]): Examples {
  const starts = new Int32Array(rows.length + 1);
  for (const [row, list] of rows.entries()) starts[row + 1] = (starts[row] as number) + list.length;
  const all = rows.flat();
  return {
    starts,
    columns: Int32Array.from(all, ({ column }) => column),
    values: Float64Array.from(all, ({ value }) => value),
    labels: Uint8Array.from(labels, Number),
  };
}
