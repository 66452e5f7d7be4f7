import type { Candidate, Filter } from '../filter.js';

export class Garbled implements Filter {
  readonly reason = 'garbled';
  readonly severity = 'summary';
  readonly description =
    'Drops summaries with left-over markup, code, placeholders or broken encoding.';
  readonly thresholds = {
    letters: { value: 0.7, source: 'share of letters and spaces; English prose lies above 0.9' },
  };

  check({ summary }: Candidate): string | undefined {
    const markup =
      /https?:\/\/|[<>|]|\{(?!\w+\})|(?<!\{\w+)\}|\\(?![`'\w])|\]\(|\*\*|__\w|`|&\w+;|#\w+\s#\w|\[[^\]]*$|\u00c3.|\u00e2\u20ac|\bTODO\b|\bTBD\b|lorem ipsum|(?:^|\s):\w+:|\[@/i.exec(
        summary,
      );
    if (markup) return `holds ${markup[0].slice(0, 20)}`;
    const clean = summary.match(/[\p{L} ]/gu)?.length ?? 0;
    if (clean / Math.max(1, summary.length) < this.thresholds.letters.value) return 'few letters';
    if (/\b(\w+) \1 \1\b/i.test(summary)) return 'a word three times in a row';
    if (/[a-z][.!?][A-Z][a-z]+ [a-z]/.test(summary)) return 'sentences run together';
    return undefined;
  }
}
