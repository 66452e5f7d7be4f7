import { isFinished, sentences } from '../../model/core/index.js';

/** Shorter ones are labels and greetings. */
const WORDS = 4;

/** The first `count` finished sentences of at least four words, as `distill score` draws them. */
export function lead(lines: readonly string[], count: number): string {
  const taken: string[] = [];
  for (const sentence of finishedSentences(lines)) {
    taken.push(sentence);
    if (taken.length === count) break;
  }
  return taken.join(' ') || (lines[0] ?? '').slice(0, 200);
}

/** Sentences of a document's lines that could stand in a summary, in order. */
export function* finishedSentences(lines: readonly string[]): Generator<string> {
  for (const line of lines) {
    for (const { start, end } of sentences(line)) {
      const sentence = line.slice(start, end);
      if (sentence.split(/\s+/).length >= WORDS && isFinished(sentence)) yield sentence;
    }
  }
}
