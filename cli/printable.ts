/**
 * Text from a document, safe on a terminal: control characters could move the cursor or hide what
 * stands above.
 */
export function printable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken out
  return text.replace(/[\x00-\x08\x0b-\x1f\x7f-\x9f]/g, ' ').replace(/\p{Bidi_Control}/gu, '');
}
