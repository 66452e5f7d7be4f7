import { francAll } from 'franc-min';
import type { Candidate, Filter } from '../filter.js';

export class Language implements Filter {
  readonly reason = 'not_english';
  readonly severity = 'document';
  readonly description = 'Drops documents in another language than English: the model knows one.';
  readonly thresholds = {
    characters: {
      value: 1000,
      source: 'with more, languages of one family come nearer to each other',
    },
    nonLatin: { value: 0.2, source: 'English prose with many foreign names stays below 0.05' },
    likeness: {
      value: 0.98,
      source:
        'English against the likeliest language; of annotated documents 96 of 97 foreign ones lie below, no suitable one',
    },
  };

  check({ text }: Candidate): string | undefined {
    const sample = this.sample(text);
    const letters = sample.match(/\p{L}/gu)?.length ?? 0;
    const latin = sample.match(/\p{Script=Latin}/gu)?.length ?? 0;
    if (letters > 0 && 1 - latin / letters > this.thresholds.nonLatin.value)
      return 'not in Latin script';
    const languages = francAll(sample);
    const [likeliest] = languages[0] ?? ['und'];
    if (likeliest === 'und') return undefined;
    const english = languages.find(([language]) => language === 'eng')?.[1] ?? 0;
    return english < this.thresholds.likeness.value ? `detected ${likeliest}` : undefined;
  }

  /** Beginning and middle: pages often open with names, code words or another language's title. */
  private sample(text: string): string {
    const { value } = this.thresholds.characters;
    if (text.length <= value) return text;
    const middle = Math.floor(text.length / 2);
    return `${text.slice(0, value / 2)} ${text.slice(middle, middle + value / 2)}`;
  }
}
