import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { PNG } from 'pngjs';
import { root } from '../built.js';

/** Cells of the grid that pictures are compared by: letters blur, shapes and colours stay. */
const CELLS = 12;
const folder = join(root, 'test/web/pictures');

/**
 * How far a part of the page is from its kept picture: the mean difference of colours in a grid, 0 for
 * the same and 1 for black against white. Other fonts make some 0.02. PRECIS_PICTURES=write keeps what
 * is seen now.
 */
export async function pictureDistance(part: Locator, name: string): Promise<number> {
  const now = await part.screenshot({ animations: 'disabled', caret: 'hide' });
  const file = join(folder, `${name}.png`);
  if (process.env.PRECIS_PICTURES === 'write') {
    mkdirSync(folder, { recursive: true });
    writeFileSync(file, now);
  }
  if (!existsSync(file)) throw new Error(`${file} is missing: PRECIS_PICTURES=write makes it`);
  return gridDistance(PNG.sync.read(now), PNG.sync.read(readFileSync(file)));
}

export function gridDistance(a: PNG, b: PNG): number {
  const [one, other] = [grid(a), grid(b)];
  const differences = one.map((value, at) => Math.abs(value - (other[at] as number)));
  return differences.reduce((sum, each) => sum + each, 0) / differences.length / 255;
}

/** Mean red, green and blue of each cell. */
function grid({ width, height, data }: PNG): number[] {
  const sums = new Float64Array(CELLS * CELLS * 3);
  const counts = new Float64Array(CELLS * CELLS * 3);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const cell = Math.floor((y * CELLS) / height) * CELLS + Math.floor((x * CELLS) / width);
      for (let channel = 0; channel < 3; channel++) {
        const at = cell * 3 + channel;
        sums[at] = (sums[at] as number) + (data[(y * width + x) * 4 + channel] as number);
        counts[at] = (counts[at] as number) + 1;
      }
    }
  }
  return [...sums].map((sum, at) => sum / Math.max(1, counts[at] as number));
}
