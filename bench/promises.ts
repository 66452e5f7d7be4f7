import type { SuggestResult } from '../model/index.js';

/** What every answer promises, whatever the document. @returns the broken promises. */
export function broken(result: SuggestResult, source: string): string[] {
  const { suggestion, reason, input } = result;
  const found: string[] = [];
  if ((suggestion === null) !== (reason !== null)) found.push('a suggestion or a reason');
  if (!(input.tokens >= 0 && input.tokens <= input.limit)) found.push(`tokens ${input.tokens}`);
  if (!suggestion) return found;
  if (suggestion.text.trim() === '') found.push('an empty text');
  if (!(suggestion.confidence >= 0 && suggestion.confidence <= 1)) {
    found.push(`confidence ${suggestion.confidence}`);
  }
  for (const { start, end, text } of suggestion.sources) {
    if (!(Number.isInteger(start) && 0 <= start && start < end && end <= source.length)) {
      found.push(`range ${start}-${end} of ${source.length}`);
    } else if (source.slice(start, end) !== text) found.push(`source ${start}-${end}`);
  }
  return found;
}
