/** How much of a summary is copied from its document, and in how long pieces. */
export interface Extractiveness {
  /** Share of the summary's words that lie in a fragment shared with the document, 0 to 1. */
  coverage: number;
  /** Mean length in words of the fragment that a summary word lies in. */
  density: number;
  /** Words of the longest shared fragment. */
  longest: number;
}

/**
 * Greedy shared fragments of two lists of words.
 * Source: Grusky, Naaman and Artzi 2018, "Newsroom", figure 3 (F(A, S), COVERAGE, DENSITY).
 */
export function extractiveness(document: string[], summary: string[]): Extractiveness {
  const places = new Map<string, number[]>();
  const wanted = new Set(summary);
  for (const [at, word] of document.entries()) {
    if (!wanted.has(word)) continue;
    const list = places.get(word);
    if (list) list.push(at);
    else places.set(word, [at]);
  }
  let covered = 0;
  let squares = 0;
  let longest = 0;
  for (let i = 0; i < summary.length; ) {
    let best = 0;
    for (const start of places.get(summary[i] as string) ?? []) {
      let length = 1;
      while (i + length < summary.length && document[start + length] === summary[i + length])
        length++;
      best = Math.max(best, length);
    }
    covered += best;
    squares += best * best;
    longest = Math.max(longest, best);
    i += Math.max(1, best);
  }
  const total = Math.max(1, summary.length);
  return { coverage: covered / total, density: squares / total, longest };
}

/** Share of the summary's word pairs that the document does not have, 0 to 1 (Narayan et al. 2018). */
export function novelty(document: string[], summary: string[]): number {
  const pairs = (list: string[]) => list.slice(1).map((word, i) => `${list[i]} ${word}`);
  const written = pairs(summary);
  if (written.length === 0) return 0;
  const known = new Set(pairs(document));
  return written.filter((pair) => !known.has(pair)).length / written.length;
}
