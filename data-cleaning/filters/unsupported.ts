import type { Candidate, Filter } from '../filter.js';
import { contentStems } from '../words.js';

export class Unsupported implements Filter {
  readonly reason = 'unsupported';
  readonly severity = 'style';
  readonly description =
    'Sets apart summaries whose names, numbers or content words are missing from the document: copying them cannot be learned.';
  readonly thresholds = {
    share: {
      value: 0.6,
      source: 'annotated train set: share of content stems found in the document',
    },
    numbers: { value: 0, source: 'a number that the document lacks is never supported' },
  };

  check({ summary, text, title }: Candidate): string | undefined {
    const document = `${title}\n${text}`;
    const known = new Set(contentStems(document));
    const stems = contentStems(summary);
    const absent = stems.filter((word) => !known.has(word));
    if (1 - absent.length / Math.max(1, stems.length) < this.thresholds.share.value) {
      return `not in the document: ${absent.slice(0, 6).join(', ')}`;
    }
    const number = (summary.match(/(?<![\w.])\d+(?:[.,]\d+)*(?!\w)/g) ?? []).find(
      (digits) => !document.includes(digits),
    );
    return number ? `number ${number} not in the document` : undefined;
  }
}
