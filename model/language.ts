import { eld } from 'eld/small';
import type { LanguageCheck } from './core/index.js';

/** The detector reads this many characters. */
const SAMPLE = 1000;

/**
 * Language of prose by ELD (n-gram statistics, 60 languages). A sample from the middle joins the
 * beginning, since pages often open with names, code words or another language's title.
 */
export function languageCheck(supported: readonly string[]): LanguageCheck {
  return {
    supported,
    detect(text) {
      const result = eld.detect(sample(text));
      return result.isReliable() ? result.language : '';
    },
  };
}

function sample(text: string): string {
  if (text.length <= SAMPLE) return text;
  const half = SAMPLE / 2;
  const middle = Math.floor(text.length / 2);
  return `${text.slice(0, half)} ${text.slice(middle, middle + half)}`;
}
