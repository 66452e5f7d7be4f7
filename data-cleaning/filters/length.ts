import type { Candidate, Filter } from '../filter.js';
import { words } from '../words.js';

export function sentences(text: string): number {
  const stops = text.match(
    /(?<!\b(?:e\.g|i\.e|etc|vs|Dr|Mr|Ms|St|No|v|U\.S))[.!?]["')]*(?=\s+["'(]?[A-Z0-9])/g,
  );
  return (stops?.length ?? 0) + 1;
}

/** Far from the wanted form: no pair at all. */
export class ExtremeLength implements Filter {
  readonly reason = 'extreme_length';
  readonly severity = 'summary';
  readonly description = 'Drops summaries that are a label or a whole abstract.';
  readonly thresholds = {
    fewest: { value: 6, source: 'shorter ones are noun phrases' },
    most: { value: 80, source: 'a decoder of 64 tokens cannot write more' },
  };

  check({ summary }: Candidate): string | undefined {
    const count = words(summary).length;
    const { fewest, most } = this.thresholds;
    return count < fewest.value || count > most.value ? `${count} words` : undefined;
  }
}

export class Length implements Filter {
  readonly reason = 'length';
  readonly severity = 'style';
  readonly description =
    'Sets apart summaries of more than two sentences or outside 8 to 45 words.';
  readonly thresholds = {
    fewest: { value: 8, source: 'ANNOTATION.md: plain summaries have 8 to 20 words' },
    most: { value: 45, source: 'issue 4' },
    sentences: { value: 2, source: 'ANNOTATION.md' },
  };

  check({ summary }: Candidate): string | undefined {
    const count = words(summary).length;
    const { fewest, most } = this.thresholds;
    if (count < fewest.value || count > most.value) return `${count} words`;
    const found = sentences(summary);
    return found > this.thresholds.sentences.value ? `${found} sentences` : undefined;
  }
}
