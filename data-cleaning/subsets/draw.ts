import { hash32 } from '../words.js';
import type { Told } from './recipe.js';

/**
 * A random sample: the rows of the smallest hash of seed and id.
 * The same rows come out whatever their order, and a smaller sample is part of a larger one.
 */
export class Draw {
  private readonly rows: { row: Told; rank: number }[] = [];
  seen = 0;

  constructor(
    private readonly size: number,
    private readonly seed: number,
  ) {}

  add(row: Told): void {
    this.seen++;
    this.rows.push({ row, rank: hash32(`${this.seed} ${row.group}/${row.file} ${row.id}`) });
    if (this.rows.length >= 2 * this.size + 1000) this.cut();
  }

  /** @throws RangeError when there are fewer rows than asked for. */
  drawn(): Told[] {
    if (this.seen < this.size)
      throw new RangeError(`${this.seen} pairs, fewer than ${this.size}: choose a smaller --size`);
    this.cut();
    return this.rows.map(({ row }) => row);
  }

  private cut(): void {
    this.rows.sort(
      (a, b) => a.rank - b.rank || (a.row.id < b.row.id ? -1 : Number(a.row.id > b.row.id)),
    );
    this.rows.length = Math.min(this.rows.length, this.size);
  }
}
