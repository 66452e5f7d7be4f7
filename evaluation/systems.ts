import { isFinished, ungrounded } from '../model/core/index.js';
import { lead } from './baselines/lead.js';
import { textRank } from './baselines/textrank.js';
import { type Rouge, rouge } from './rouge/rouge.js';
import type { Answer } from './rows/answer.js';
import type { EvaluationDocument, Length } from './rows/document.js';
import type { Judgment, Judgments } from './rows/judgment.js';
import { holdsMarkup, opensGenerically } from './text/faults.js';
import { extractive, novelty, repeats } from './text/fragments.js';

/** One text for one document, measured. */
export interface Measured {
  document: EvaluationDocument;
  text: string;
  /** Against the document's reference of the length; null where it has none. */
  rouge: Rouge | null;
  coverage: number;
  density: number;
  novelty: number;
  words: number;
  repeats: boolean;
  grounded: boolean;
  finished: boolean;
  generic: boolean;
  markup: boolean;
  judgment: Judgment | undefined;
}

/** What a system suggests for a document, or null: it says nothing. */
export type System = (document: EvaluationDocument) => string | null;

/** The systems beside each other, by name, in the order of the tables. */
export function systems(
  length: Length,
  answers: ReadonlyMap<string, Answer>,
  plainThreshold: number,
  teacher: ReadonlyMap<string, string> | undefined,
): Map<string, System> {
  const count = length === 'short' ? 1 : 2;
  const student = ({ id }: EvaluationDocument) => answers.get(id);
  return new Map<string, System>([
    ['student, gated', (document) => (student(document)?.shown ? textOf(student(document)) : null)],
    [
      'student, plain gate',
      (document) =>
        (student(document)?.meanLogProb ?? Number.NEGATIVE_INFINITY) >= plainThreshold
          ? textOf(student(document))
          : null,
    ],
    ['student, ungated', (document) => textOf(student(document))],
    ...(teacher
      ? [['teacher', ({ id }: EvaluationDocument) => teacher.get(id) ?? null] as const]
      : []),
    ['lead-1', ({ lines }) => lead(lines, 1)],
    ['lead-2', ({ lines }) => lead(lines, 2)],
    ['textrank', ({ lines }) => textRank(lines, count)],
    ['annotated', ({ references }) => references[length] ?? null],
  ]);
}

const textOf = (answer: Answer | undefined) => answer?.text ?? null;

/** Measures what a system suggests for each document that it suggests something for. */
export function measure(
  name: string,
  system: System,
  documents: readonly EvaluationDocument[],
  length: Length,
  judgments: Judgments,
): Measured[] {
  return documents.flatMap((document) => {
    const text = system(document);
    if (text === null) return [];
    const reference = document.references[length];
    return {
      document,
      text,
      rouge: reference === undefined ? null : rouge(reference, text),
      ...extractive(text, document.prose),
      novelty: novelty(text, document.prose),
      words: text.split(/\s+/).filter(Boolean).length,
      repeats: repeats(text),
      grounded: ungrounded(text, document.prose).length === 0,
      finished: isFinished(text),
      generic: opensGenerically(text),
      markup: holdsMarkup(text),
      judgment: judged(name, document.id, text, length, judgments),
    };
  });
}

function judged(name: string, id: string, text: string, length: Length, all: Judgments) {
  if (name.startsWith('lead-')) return all.ofSystem(name, id);
  return name === 'annotated' ? all.ofSystem(`annotated-${length}`, id) : all.of(id, text);
}

/** The mean log-probability above which as many of the documents lie as the gate shows. */
export function plainThreshold(
  documents: readonly EvaluationDocument[],
  answers: ReadonlyMap<string, Answer>,
): number {
  const shown = documents.filter(({ id }) => answers.get(id)?.shown).length;
  const values = documents
    .map(({ id }) => answers.get(id)?.meanLogProb ?? Number.NEGATIVE_INFINITY)
    .sort((a, b) => b - a);
  return values[shown - 1] ?? Number.POSITIVE_INFINITY;
}
