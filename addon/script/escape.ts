/** Characters that mean something in Markdown wherever they stand. */
const ANYWHERE = /[\\`*_[\]<&~|{}]/;
/** Starts of a line that would make it a heading, a list, a quote, a rule, a directive or front matter. */
const LINE_START = /^(?:[#>+=:.-]|\d{1,9}[.)])/;

/**
 * Indices of the characters of a text that need a backslash before them, so that the service reads
 * the text as it stands.
 *
 * @param opens whether the text is the first of its line.
 */
export function escapesOf(text: string, opens: boolean): number[] {
  const indices: number[] = [];
  const start = opens ? LINE_START.exec(text) : null;
  // Of "12." it is the point that makes the list.
  const marker = start ? start[0].length - 1 : -1;
  for (let index = 0; index < text.length; index++) {
    if (index === marker || ANYWHERE.test(text.charAt(index))) indices.push(index);
  }
  return indices;
}
