import wrapAnsi from 'wrap-ansi';
import type { Reason } from '../server/schemas/suggestion.js';
import type { Summary } from '../server/schemas/summaries.js';
import type { Paint } from './colour.js';
import { printable } from './printable.js';

const reasons: Record<Reason, string> = {
  empty: 'the document has no text',
  too_short: 'the document is so short that it is its own summary',
  unsupported_language: 'the document is in a language the model has not learnt',
  unsuitable_document: 'this kind of document has no summary',
  low_confidence: 'the model is not sure enough of what it wrote',
  not_grounded: 'what the model wrote has a name or number that the document does not',
  unfinished: 'the model did not reach the end of a sentence',
};

export function explain(reason: Reason, documentType?: string | null): string {
  const kind = documentType ? `: ${documentType}` : '';
  return `No suggestion: ${reasons[reason]}${kind} (${reason}).`;
}

/** The line under a suggestion on a terminal. */
export function footnote({ suggestion, input, model }: Summary, paint: Paint): string {
  const parts = [
    `${bar(suggestion?.confidence ?? 0, paint)}`,
    `${model.name} ${model.version}`,
    ...(input.truncated ? [`only the first ${input.tokens} tokens were read`] : []),
  ];
  return parts.join(paint.dim(' · '));
}

const WIDTH = 10;

/** A confidence as a bar and in figures. */
export function bar(confidence: number, paint: Paint): string {
  const full = Math.round(confidence * WIDTH);
  const colour = confidence >= 0.8 ? paint.green : confidence >= 0.5 ? paint.yellow : paint.red;
  const blocks = colour('█'.repeat(full)) + paint.dim('░'.repeat(WIDTH - full));
  return `confidence ${blocks} ${Math.round(confidence * 100)} %`;
}

/** The passages a suggestion was written from. */
export function sources({ suggestion }: Summary, width: number, paint: Paint): string {
  const passages = suggestion?.sources ?? [];
  if (passages.length === 0) return 'No passage is named as the source.\n';
  return passages
    .map(({ start, end, text }) => {
      const lines = wrap(printable(text).replace(/\s+/g, ' '), width - 4);
      return `${paint.dim(`characters ${start}–${end}`)}\n${indent(lines, '  │ ')}\n`;
    })
    .join('');
}

/** What the model noted while it worked, one line a figure. */
export function diagnostics(value: unknown, depth = 0): string {
  if (typeof value !== 'object' || value === null) return '';
  return Object.entries(value)
    .map(([name, inner]) => {
      const nested = typeof inner === 'object' && inner !== null && !Array.isArray(inner);
      if (nested) return `${'  '.repeat(depth)}${name}:\n${diagnostics(inner, depth + 1)}`;
      const shown = typeof inner === 'number' ? Number(inner.toPrecision(4)) : inner;
      const text = typeof shown === 'string' ? shown : JSON.stringify(shown);
      return `${'  '.repeat(depth)}${name}: ${printable(String(text))}\n`;
    })
    .join('');
}

export function indent(text: string, by: string): string {
  return text.replace(/^/gm, by);
}

/** Breaks a text into lines of so many columns; a longer word is broken, a wide character counts two. */
export function wrap(text: string, width: number): string {
  return wrapAnsi(text, Math.max(1, width), { hard: true });
}
