import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Limits, readDocument, UnreadableError } from '../../documents/index.js';
import { mutate } from './mutate.js';

/** One file of each format; its name is what the mutated copies are called. */
export const samples = {
  docx: 'article.docx',
  odt: 'article.odt',
  pptx: 'slides.pptx',
  pdf: 'columns.pdf',
  html: 'page.html',
  eml: 'mail.eml',
  txt: 'latin1.txt',
} as const;
export type Sample = keyof typeof samples;

export interface Outcomes {
  read: number;
  refused: Record<string, number>;
  /** Milliseconds of the slowest file. */
  slowest: number;
  /** Anything but a document or an UnreadableError, with the seed that gives it. */
  faults: string[];
}

const folder = join(import.meta.dirname, '../fixtures/files');
const contents = Object.values(samples).map((name) => readFileSync(join(folder, name)));

/** Reads `count` mutated copies of a sample. */
export async function fuzz(
  sample: Sample,
  count: number,
  options: { limits?: Partial<Limits>; firstSeed?: number; parallel?: number } = {},
): Promise<Outcomes> {
  const { firstSeed = 1, parallel = 2 } = options;
  const limits = { milliseconds: 10_000, memoryBytes: 768 * 1024 * 1024, ...options.limits };
  const original = readFileSync(join(folder, samples[sample]));
  const outcomes: Outcomes = { read: 0, refused: {}, slowest: 0, faults: [] };
  let seed = firstSeed;
  const work = async () => {
    while (seed < firstSeed + count) {
      const mine = seed++;
      const began = performance.now();
      try {
        const bytes = mutate(original, contents, mine);
        await readDocument(bytes, { name: samples[sample], limits });
        outcomes.read++;
      } catch (error) {
        if (!(error instanceof UnreadableError) || error.code === 'crashed') {
          outcomes.faults.push(`${sample} seed ${mine}: ${String(error)}`);
        } else outcomes.refused[error.code] = (outcomes.refused[error.code] ?? 0) + 1;
      }
      outcomes.slowest = Math.max(outcomes.slowest, performance.now() - began);
    }
  };
  await Promise.all(Array.from({ length: parallel }, work));
  return outcomes;
}
