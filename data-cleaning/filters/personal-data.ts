import type { Candidate, Filter } from '../filter.js';

const ADDRESS = /[\w.+-]+@(?:[\w-]+\.)+[a-z]{2,}/gi;
/** Reserved for examples (RFC 2606), and addresses that belong to a machine. */
const EXAMPLE =
  /@(?:[\w-]+\.)*example(?:\.[a-z]+)*$|\.(?:example|invalid|test|local)$|^(?:git|noreply|no-reply|user|username|you|your\.?name|name|someone|me)@/i;
/** International, or North American with an area code; 555 numbers are fictional. */
const PHONE =
  /(?<![\w.\-/+])(?:\+\d{1,3}[\s.-]?(?:\(0?\d{1,4}\)[\s.-]?)?\d{2,4}(?:[\s.-]\d{2,4}){1,4}|(?:\(\d{3}\)\s?|\d{3}[-.])(?!555)\d{3}[-.]\d{4})(?![\w\-/]|\.\d)/g;

/** Different e-mail addresses and telephone numbers of people, examples left out. */
export function personalData(text: string): string[] {
  const addresses = (text.match(ADDRESS) ?? []).filter((one) => !EXAMPLE.test(one));
  const phones = (text.match(PHONE) ?? []).filter((one) => !/\b555\b/.test(one));
  return [...new Set([...addresses, ...phones].map((one) => one.toLowerCase()))];
}

/** Told as evidence without repeating what should not be kept. */
export const masked = (found: string): string =>
  found.replace(/^(..).*?(@.*|.{2})$/, (_all, start: string, end: string) =>
    end.startsWith('@') ? `${start}…${end}` : `${start}…`,
  );

export class PersonalData implements Filter {
  readonly reason = 'personal_data';
  readonly severity = 'summary';
  readonly description =
    'Drops summaries with an e-mail address or a phone number: a model must not learn to write them.';
  readonly thresholds = {
    most: { value: 0, source: 'issue 4; none of the annotated summaries holds one' },
  };

  check({ summary }: Candidate): string | undefined {
    const found = personalData(summary);
    return found.length > this.thresholds.most.value ? masked(found[0] as string) : undefined;
  }
}
