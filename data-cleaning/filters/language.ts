import { eld } from 'eld/small';
import type { Candidate, Filter } from '../filter.js';

export class Language implements Filter {
  readonly reason = 'not_english';
  readonly severity = 'document';
  readonly description = 'Drops documents in another language than English: the model knows one.';
  readonly thresholds = {
    characters: { value: 2000, source: 'eld is certain from a few hundred characters on' },
    nonLatin: { value: 0.2, source: 'English prose with many foreign names stays below 0.05' },
  };

  check({ text }: Candidate): string | undefined {
    const sample = text.slice(0, this.thresholds.characters.value);
    const letters = sample.match(/\p{L}/gu)?.length ?? 0;
    const latin = sample.match(/\p{Script=Latin}/gu)?.length ?? 0;
    if (letters > 0 && 1 - latin / letters > this.thresholds.nonLatin.value)
      return 'not in Latin script';
    const { language } = eld.detect(sample);
    return language === 'en' || language === '' ? undefined : `detected ${language}`;
  }
}
