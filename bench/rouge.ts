/** Words as Google's rouge_score counts them, without its stemmer: a-z and 0-9, lower case. */
export function words(text: string): string[] {
  return text.toLowerCase().match(/[a-z0-9]+/g) ?? [];
}

/** ROUGE-L F1 of a text against a reference (Lin 2004), 0..1. */
export function rougeL(text: string, reference: string): number {
  const [a, b] = [words(text), words(reference)];
  let row = new Uint16Array(b.length + 1);
  for (const word of a) {
    const next = new Uint16Array(row.length);
    for (let j = 1; j < row.length; j++) {
      const same = b[j - 1] === word;
      next[j] = same ? at(row, j - 1) + 1 : Math.max(at(row, j), at(next, j - 1));
    }
    row = next;
  }
  const common = at(row, b.length);
  return common === 0 ? 0 : (2 * common) / (a.length + b.length);
}

/** Share of the reference's distinct words that the text has, 0..1. */
export function recall(text: string, reference: string): number {
  const has = new Set(words(text));
  const wanted = [...new Set(words(reference))];
  return wanted.filter((word) => has.has(word)).length / Math.max(1, wanted.length);
}

const at = (list: Uint16Array, i: number) => list[i] as number;
