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
  md: 'notes.md',
  txt: 'latin1.txt',
} as const;
export type Sample = keyof typeof samples;

const names = Object.values(samples);
/** Of so many files one carries the extension of another format. */
const MISNAMED = 5;

export interface Outcomes {
  read: number;
  /** Files that were refused, by the code of the reason. */
  refused: Record<string, number>;
  /** Milliseconds of the slowest file. */
  slowest: number;
  /** Seeds of the files that were given up for their time or memory. */
  slow: number[];
  /** Anything but a document or an UnreadableError, with the seed that gives it. */
  faults: string[];
}

/**
 * Reads `count` mutated copies of a sample, every fifth under the name of another format.
 *
 * @param options.folder where the samples lie.
 */
export async function fuzz(
  sample: Sample,
  count: number,
  options: {
    folder?: string;
    limits?: Partial<Limits>;
    firstSeed?: number;
    parallel?: number;
  } = {},
): Promise<Outcomes> {
  const { firstSeed = 1, parallel = 2 } = options;
  const folder = options.folder ?? join(import.meta.dirname, '../fixtures/files');
  const limits = { milliseconds: 10_000, memoryBytes: 768 * 1024 * 1024, ...options.limits };
  const contents = names.map((name) => readFileSync(join(folder, name)));
  const original = readFileSync(join(folder, samples[sample]));
  const outcomes: Outcomes = { read: 0, refused: {}, slowest: 0, slow: [], faults: [] };
  let seed = firstSeed;
  const work = async () => {
    while (seed < firstSeed + count) {
      const mine = seed++;
      const began = performance.now();
      try {
        const bytes = mutate(original, contents, mine);
        const misnamed = mine % MISNAMED === 0 && names[mine % names.length];
        await readDocument(bytes, { name: misnamed || samples[sample], limits });
        outcomes.read++;
      } catch (error) {
        if (!(error instanceof UnreadableError) || error.code === 'crashed') {
          outcomes.faults.push(`${sample} seed ${mine}: ${String(error)}`);
        } else {
          outcomes.refused[error.code] = (outcomes.refused[error.code] ?? 0) + 1;
          if (/^too_slow|^out_of_memory/.test(error.code)) outcomes.slow.push(mine);
        }
      }
      outcomes.slowest = Math.max(outcomes.slowest, performance.now() - began);
    }
  };
  await Promise.all(Array.from({ length: parallel }, work));
  return outcomes;
}
