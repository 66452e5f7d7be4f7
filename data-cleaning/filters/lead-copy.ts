import type { Candidate, Filter } from '../filter.js';
import { words } from '../words.js';

export class LeadCopy implements Filter {
  readonly reason = 'lead_copy';
  readonly severity = 'style';
  readonly description =
    'Sets apart summaries copied word for word from the document: they teach copying the first sentence.';
  readonly thresholds = {
    words: { value: 10, source: 'shorter matches come by chance' },
    lead: { value: 4000, source: 'characters searched' },
  };

  check({ summary, text }: Candidate): string | undefined {
    const list = words(summary);
    if (list.length < this.thresholds.words.value) return undefined;
    const body = ` ${words(text.slice(0, this.thresholds.lead.value)).join(' ')} `;
    return body.includes(` ${list.join(' ')} `)
      ? 'stands in the document word for word'
      : undefined;
  }
}
