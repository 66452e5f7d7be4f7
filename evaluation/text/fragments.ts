import { extractiveness, novelty as newPairs } from '../../data-cleaning/quality/fragments.js';
import { tokens } from '../rouge/rouge.js';

/** How much a summary is copied (Grusky et al. 2018). Words as ROUGE counts them. */
export function extractive(
  summary: string,
  document: string,
): { coverage: number; density: number } {
  const { coverage, density } = extractiveness(tokens(document), tokens(summary));
  return { coverage, density };
}

/** Share of the summary's word pairs that the document does not have, words as ROUGE counts them. */
export const novelty = (summary: string, document: string): number =>
  newPairs(tokens(document), tokens(summary));

/** Whether three words in a row are written twice. */
export function repeats(summary: string): boolean {
  const words = tokens(summary);
  const seen = new Set<string>();
  for (let i = 0; i + 3 <= words.length; i++) {
    const three = words.slice(i, i + 3).join(' ');
    if (seen.has(three)) return true;
    seen.add(three);
  }
  return false;
}
