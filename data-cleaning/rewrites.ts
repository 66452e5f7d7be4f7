import { normalise, readMarkdown, renderText } from '../documents/index.js';

/** A change that makes a summary usable; counted under its name where it changed something. */
export interface Rewrite {
  name: string;
  description: string;
  apply(summary: string): string;
}

export const REWRITES: Rewrite[] = [
  {
    name: 'markdown',
    description: 'Markdown, links, tags, markers and HTML entities become their text, on one line.',
    apply: (summary) =>
      renderText(readMarkdown(summary)).text.replace(/^- /gm, '').replaceAll('\n', ' '),
  },
  {
    name: 'prefix',
    description: 'A label in front ("Summary:", "TL;DR:", "Abstract -", "Applies to: …") goes.',
    apply: (summary) =>
      summary.replace(
        /^(?:summary|abstract|tl;?dr|description|in short|overview)\s*[:\-\u2013\u2014]\s+/i,
        '',
      ),
  },
  {
    name: 'quotes',
    description: 'Quotation marks around the whole summary go.',
    apply: (summary) =>
      /^"[^"]*"$/.test(summary) || /^'[^']*'$/.test(summary)
        ? summary.slice(1, -1).trim()
        : summary,
  },
  {
    name: 'capital',
    description:
      'A sentence opens with a capital letter where its first word is a plain lower-case word.',
    apply: (summary) =>
      /^[a-z]+ /.test(summary) ? summary.charAt(0).toUpperCase() + summary.slice(1) : summary,
  },
  {
    name: 'full_stop',
    description: 'A last sentence without a full stop gets one.',
    apply: (summary) => (/[\p{L}\p{N})"']$/u.test(summary) ? `${summary}.` : summary),
  },
];

export function rewrite(summary: string): { text: string; steps: string[] } {
  let text = normalise(summary.replace(/\r/g, ''));
  const steps: string[] = [];
  text = summary;
  for (const step of REWRITES) {
    const next = step.apply(text).trim();
    if (next !== text.trim()) steps.push(step.name);
    text = next;
  }
  return { text: normalise(text), steps };
}
