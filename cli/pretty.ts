import type { Reason } from '../server/schemas/suggestion.js';
import type { Summary } from '../server/schemas/summaries.js';

const reasons: Record<Reason, string> = {
  empty: 'the document has no text',
  too_short: 'the document is so short that it is its own summary',
  unsupported_language: 'the document is in a language the model has not learnt',
  unsuitable_document: 'this kind of document has no summary',
  low_confidence: 'the model is not sure enough of what it wrote',
  not_grounded: 'what the model wrote has a name or number that the document does not',
  unfinished: 'the model did not reach the end of a sentence',
};

export function explain(reason: Reason): string {
  return `No suggestion: ${reasons[reason]} (${reason}).`;
}

/** The line under a suggestion on a terminal. */
export function footnote({ suggestion, input, model }: Summary): string {
  const percent = Math.round((suggestion?.confidence ?? 0) * 100);
  const parts = [`confidence ${percent} %`, `${model.name} ${model.version}`];
  if (input.truncated) parts.push(`only the first ${input.tokens} tokens were read`);
  return parts.join(' · ');
}

export function wrap(text: string, width: number): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line ? `${line} ${word}` : word;
  }
  return [...lines, line].join('\n');
}
