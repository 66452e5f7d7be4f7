/** Lower-cased words of a text; a number counts as a word. */
export function words(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+(?:['.\-_][\p{L}\p{N}]+)*/gu) ?? [];
}

const STOP = new Set(
  `a an the and or but nor so if then than that this these those there here it its it's they them their he she his her we us our you your i me my
  is are was were be been being am do does did done doing have has had having can could may might must shall should will would
  of in on at by for from to into onto with without within over under about above below between among through during before after as per via up down out off
  not no yes only also just more most less least very much many some any each every all both either neither other another such same own new
  how what when where which who whom whose why while because until since although though
  use used uses using make makes made get gets let lets one two three first second etc e.g i.e vs`.split(
    /\s+/,
  ),
);

/** A rough stem: enough to match "configures" with "configuring". */
export function stem(word: string): string {
  return word
    .replace(/['.\-_]s$|'s$/, '')
    .replace(/(ations?|ings?|ies|ied|ers?|ors?|ed|es|ly|s|e|y)$/, (suffix, _group, at: number) =>
      at >= 3 ? '' : suffix,
    );
}

/** Stems of the words that carry meaning; compounds count by their parts. */
export function contentStems(text: string): string[] {
  return words(text)
    .flatMap((word) => word.split(/[.\-_]/))
    .filter((word) => word.length > 1 && !STOP.has(word))
    .map(stem);
}

/** A 53-bit hash, as a number: for tables of 100,000 keys in little room. */
export function hash53(text: string): number {
  return hash32(text) * 0x200000 + (hash32(`#${text}`) >>> 11);
}

/** 32-bit FNV-1a. */
export function hash32(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  hash ^= hash >>> 15;
  return Math.imul(hash, 0x85ebca6b) >>> 0;
}
