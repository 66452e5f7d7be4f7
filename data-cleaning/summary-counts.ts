import type { Row } from './rows.js';
import type { Broken } from './sources/read.js';
import { hash32 } from './words.js';

/** Under how many titles of one file each summary stands, numbers apart; and how many rows there are. */
export class SummaryCounts {
  rows = 0;
  /** Hashes of titles by hash of the summary: texts would fill the memory. */
  private readonly found = new Map<number, Set<number>>();

  static async of(rows: AsyncIterable<Row | Broken>): Promise<SummaryCounts> {
    const counts = new SummaryCounts();
    for await (const row of rows) counts.add(row);
    return counts;
  }

  /** Titles that have this summary; 0 where there is none. */
  titles(summary: string | null | undefined): number {
    return summary ? (this.found.get(keyOf(summary))?.size ?? 1) : 0;
  }

  private add(row: Row | Broken): void {
    this.rows++;
    if ('problem' in row || !row.summary) return;
    const key = keyOf(row.summary);
    const titles = this.found.get(key) ?? new Set();
    this.found.set(key, titles.add(keyOf(row.title ?? row.id)));
  }
}

function keyOf(text: string): number {
  const plain = text.toLowerCase().replace(/\d+(?:[.,]\d+)*/g, '#');
  return hash32(plain.replace(/\s+/g, ' ').trim());
}
