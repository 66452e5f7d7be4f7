import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { type Answer, type Fallback, readAnswers } from './rows/answer.js';
import { type EvaluationDocument, type Length, lengths, readDocuments } from './rows/document.js';
import { InputError, readRows } from './rows/lines.js';

/** Documents and what the runtime answered to them. */
export interface Set {
  documents: EvaluationDocument[];
  answers: Partial<Record<Length, Map<string, Answer>>>;
}

/**
 * Folders with `documents.ndjson` (see `documentRow`) and `short.ndjson`, `medium.ndjson` of
 * `precis batch`, taken together. @throws InputError
 */
export function readSets(folders: readonly string[], fallback: Fallback): Set {
  const all: Set = { documents: [], answers: {} };
  const seen = new Map<string, string>();
  for (const folder of folders) {
    for (const document of readDocuments(join(folder, 'documents.ndjson'))) {
      const other = seen.get(document.id);
      if (other) throw new InputError(`${folder}: document ${document.id} is in ${other} too`);
      seen.set(document.id, folder);
      all.documents.push(document);
    }
    for (const length of lengths) {
      const path = join(folder, `${length}.ndjson`);
      if (!existsSync(path)) continue;
      const answers = all.answers[length] ?? new Map<string, Answer>();
      for (const [id, answer] of readAnswers(path, fallback)) answers.set(id, answer);
      all.answers[length] = answers;
    }
  }
  if (Object.keys(all.answers).length === 0) {
    throw new InputError(
      `${folders.join(', ')}: no answers; run precis batch documents.ndjson --length short --out short.ndjson there`,
    );
  }
  return all;
}

const calibration = z.object({
  calibration: z.object({
    kind: z.literal('mean-log-probability'),
    a: z.number(),
    b: z.number(),
  }),
});

/** Confidence of a text that was not shown, for bundles whose gate is the mean log-probability alone. */
export function fallbackOf(bundle: string): Fallback {
  const path = join(bundle, 'manifest.json');
  if (!existsSync(path)) throw new InputError(`${path}: there is no such bundle`);
  const parsed = calibration.safeParse(JSON.parse(readFileSync(path, 'utf8')));
  if (!parsed.success) return undefined;
  const { a, b } = parsed.data.calibration;
  return (meanLogProb) => 1 / (1 + Math.exp(-(a * meanLogProb + b)));
}

const teacherRow = z.object({
  id: z.coerce.string(),
  short: z.string().nullish(),
  medium: z.string().nullish(),
});

/** A teacher's texts: lines of `{id, short, medium}`. */
export function readTeacher(path: string): Partial<Record<Length, Map<string, string>>> {
  const rows = readRows(path, teacherRow);
  return Object.fromEntries(
    lengths.map((length) => [
      length,
      new Map(rows.flatMap((row) => (row[length] ? [[row.id, row[length]] as const] : []))),
    ]),
  );
}
