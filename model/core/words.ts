import { FUNCTION_WORDS } from './gate/lexicon.js';

/** Words of a text in small letters; "node.js", "don't" and "x-ray" are one word each. */
export function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+(?:[.'_-][\p{L}\p{N}]+)*/gu) ?? [];
}

/** A word without the endings that only grammar adds: enough to see that "logs" and "log" are one. */
export function stem(word: string): string {
  if (word.length <= 3 || /\d/.test(word)) return word;
  const bare = word.replace(/'s?$/, '');
  return singular(bare)
    .replace(/(?<=\w{3})(?:ing|ed)$/, '')
    .replace(/(?<=\w{3})e$/, '');
}

function singular(word: string): string {
  if (/ies$/.test(word)) return `${word.slice(0, -3)}y`;
  if (/(?:[sxz]|ch|sh)es$/.test(word)) return word.slice(0, -2);
  return /[^su]s$/.test(word) ? word.slice(0, -1) : word;
}

/** Stems of the words that carry a text's matter, in order, repeated ones too. */
export function contentStems(text: string): string[] {
  return wordsOf(text)
    .filter((word) => !FUNCTION_WORDS.has(word))
    .map(stem);
}

/** The document's commonest words stand for what it is about (Luhn 1958, "The automatic creation of literature abstracts"). */
const CENTRAL_WORDS = 12;

/** Stems of the commonest content words of a document's lines, the commonest first. */
export function centralStems(lines: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const word of contentStems(lines.join('\n'))) counts.set(word, (counts.get(word) ?? 0) + 1);
  const common = [...counts].sort((a, b) => b[1] - a[1]).slice(0, CENTRAL_WORDS);
  return common.map(([word]) => word);
}
