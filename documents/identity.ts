/** What makes two documents the same to the service. */
export interface Identified {
  text: string;
  title?: string | undefined;
  format: string;
}

/**
 * The text whose SHA-256 is a document's `documentHash`: `[format, title, text]` as JSON, line ends as
 * \n, lone surrogates replaced, NFC. Hashing itself differs between Node and a browser.
 */
export function identityOf({ text, title, format }: Identified): string {
  const normal = (part: string) => wellFormed(part.replace(/\r\n?/g, '\n')).normalize('NFC');
  return JSON.stringify([format, title === undefined ? null : normal(title), normal(text)]);
}

/** Lone surrogates become U+FFFD, one for one. */
export function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, '\ufffd');
}
