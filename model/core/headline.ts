import { isFinished } from './finished.js';

/** Words at most, as Chrome's Summarizer API draft counts a headline. */
export const HEADLINE_WORDS = { short: 12, medium: 17 } as const;

/** "This article explains how to ...": what remains is the matter itself. */
const FRAME =
  /^(?:In )?[Tt]h(?:is|e following) (?:\w+ )?(?:article|page|document|guide|tutorial|topic|section|post|chapter|lesson|paper|report|note|module|how-to)(?:,? (?:you(?:'ll| will)? )?(?:learn|see|find out|find)| (?:also )?(?:describes|explains|shows(?: you)?|covers|discusses|outlines|details|demonstrates|teaches(?: you)?|walks you through|provides (?:information|an overview|details) (?:about|of|on)|gives an overview of|is about|introduces))\s+/;
/** Deletions that leave a true sentence true: asides, non-restrictive clauses, a second statement. */
const ASIDES: readonly RegExp[] = [
  /\s*\([^()]*\)/g,
  /\s*\[[^[\]]*\]/g,
  /, (?:which|who|whose|where) [^,]*(?=[.!?]["')\]]*$)/,
  /,? (?:such as|including|for example|for instance|e\.g\.) .*(?=[.!?]["')\]]*$)/,
  /; .*(?=[.!?]["')\]]*$)/,
];

/**
 * A sentence as a headline of at most `most` words, or null when that takes more than leaving out
 * asides: a headline that says something else than its sentence would be invented.
 */
export function headline(sentence: string, most: number): string | null {
  let text = sentence.trim();
  const matter = text.replace(FRAME, '');
  if (matter !== text) text = capital(matter.replace(/^that\s+/, ''));
  const steps: ((s: string) => string)[] = ASIDES.map((aside) => (s) => s.replace(aside, ''));
  for (const step of [(s: string) => s, ...steps]) {
    // Every deletion stays: they are in the order in which a reader misses them least.
    text = step(text);
    const bare = text.replace(/\.$/, '').trim();
    if (words(bare) <= most && words(bare) >= 2 && isFinished(text)) return bare;
  }
  return null;
}

function words(text: string): number {
  return text.split(/\s+/).filter(Boolean).length;
}

/** "npm", "iPhone", "kubectl": a name keeps its letters; what is surely a plain word begins large. */
function capital(text: string): string {
  return /^(?:how|what|why|when|where|which|who|the|an?|some|several|ways?|\p{Ll}+ing)\s/u.test(
    text,
  )
    ? text.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase())
    : text;
}
