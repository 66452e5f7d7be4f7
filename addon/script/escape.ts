/** The service takes tags and template marks out before it reads Markdown: a backslash is too late. */
const ENTITIES: { [character: string]: string } = {
  '<': '&lt;',
  '{': '&#123;',
  '[': '&#91;',
  $: '&#36;',
  ':': '&#58;',
};

/** A character so that it means nothing but itself; it counts as the last one of what is returned. */
export const escaped = (character: string) => ENTITIES[character] ?? `\\${character}`;

/** Characters that mean something in Markdown wherever they stand. */
const ANYWHERE = /[\\`*_[\]<&~|{}]|\$(?=\$)|:(?=::)/g;
/** Starts of a line that would make it a heading, a list, a quote, a rule, a directive or front matter. */
const LINE_START = /^(?:[#>+=:.-]|\d{1,9}[.)])/;

/**
 * Indices of the characters of a text that need to be escaped, so that the service reads
 * the text as it stands.
 *
 * @param opens whether the text is the first of its line.
 */
export function escapesOf(text: string, opens: boolean): number[] {
  const indices = Array.from(text.matchAll(ANYWHERE), ({ index }) => index ?? 0);
  const start = opens ? LINE_START.exec(text) : null;
  if (!start) return indices;
  // Of "12." it is the point that makes the list.
  const marker = start[0].length - 1;
  return indices.includes(marker) ? indices : [marker, ...indices];
}
