import type { Candidate, Filter } from '../filter.js';
import { words } from '../words.js';

/**
 * Words and phrases that hardly stand in a document one would offer a summary for. A short list of
 * our own: long public ones (LDNOOBW, used by C4) hold many plain words and drop texts on health, law and
 * minorities (Dodge et al. 2021, "Documenting Large Webtext Corpora").
 */
const SEXUAL =
  /\b(?:porn(?:hub|star|os?)?|xxx (?:videos?|movies?|sex)|hentai|blow ?jobs?|hand ?jobs?|gang ?bang\w*|cum ?shots?|milfs?|escort (?:girls?|services?)|call girls?|nude (?:pics|photos|girls|teens?)|sex (?:cams?|chat|tapes?|videos?)|horny|slutt?y?|whores?|camgirls?|erotic (?:massage|stories))\b/gi;
const HATE =
  /\b(?:n[i1]gg(?:ers?|as?)|f[a4]gg?[o0]ts?|kikes?|wetbacks?|tran(?:ny|nies)|gas the \w+|white power|heil hitler|subhumans?|race traitors?|ethnic cleansing is)\b/gi;
const HARM =
  /\b(?:(?:how to|ways to) (?:kill (?:yourself|myself|someone|people)|make a (?:pipe )?bomb|build a bomb|commit suicide|poison (?:someone|people)|cook meth)|kill yourself|kys)\b/gi;

export class Unsafe implements Filter {
  readonly reason = 'unsafe';
  readonly severity = 'document';
  readonly description =
    'Drops pornography, slurs and instructions to do harm: no suggestion should ever read like them.';
  readonly thresholds = {
    summary: { value: 1, source: 'a summary has no room to quote' },
    document: { value: 3, source: 'policies and reports name such things once or twice' },
    rate: { value: 500, source: 'words of text for each; long reports on abuse stay below' },
  };

  check({ summary, text }: Candidate): string | undefined {
    const inSummary = found(summary);
    const { summary: most, document, rate } = this.thresholds;
    if (inSummary.length >= most.value) return `the summary says "${inSummary[0]}"`;
    const inText = found(text);
    return inText.length >= document.value && words(text).length / inText.length < rate.value
      ? `${inText.length} times, such as "${inText[0]}"`
      : undefined;
  }
}

function found(text: string): string[] {
  return [SEXUAL, HATE, HARM].flatMap((pattern) => text.match(pattern) ?? []);
}
