import type { Candidate, Filter } from '../filter.js';
import { words } from '../words.js';
import { masked, personalData } from './personal-data.js';

export class ContactList implements Filter {
  readonly reason = 'contact_list';
  readonly severity = 'document';
  readonly description =
    'Drops documents that are mostly e-mail addresses and phone numbers of people.';
  readonly thresholds = {
    fewest: { value: 8, source: 'proposals name up to 7 authors with their addresses' },
    words: {
      value: 60,
      source: 'words of text for each; an article that names its contacts has hundreds',
    },
  };

  check({ text }: Candidate): string | undefined {
    if (!text.includes('@') && !/\d{3}[\s.-]\d{3}/.test(text)) return undefined;
    const found = personalData(text);
    const { fewest, words: room } = this.thresholds;
    return found.length >= fewest.value && words(text).length / found.length < room.value
      ? `${found.length} addresses and numbers, such as ${masked(found[0] as string)}`
      : undefined;
  }
}
