const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** Text for HTML and SVG: summaries hold whatever their authors wrote. */
export function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] as string);
}

export const number = (value: number): string => value.toLocaleString('en-US');

export function percent(share: number | null, digits = 0): string {
  return share === null ? '–' : `${(100 * share).toFixed(digits)} %`;
}

/** A table; cells are HTML. Columns named in `numeric` are set flush right. */
export function table(head: string[], rows: string[][], numeric: number[] = []): string {
  const cell = (tag: string, text: string, index: number) =>
    `<${tag}${numeric.includes(index) ? ' class="n"' : ''}${tag === 'th' ? ' scope="col"' : ''}>${text}</${tag}>`;
  const line = (tag: string, cells: string[]) =>
    `<tr>${cells.map((text, index) => cell(tag, text, index)).join('')}</tr>`;
  return `<div class="scroll"><table><thead>${line('th', head)}</thead><tbody>${rows
    .map((cells) => line('td', cells))
    .join('')}</tbody></table></div>`;
}
