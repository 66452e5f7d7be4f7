/** What is remembered of the summary of a tab, in the document's properties. Holds no text. */
export interface Record {
  /** Hash of the text as it was inserted. */
  hash: string;
  /** The document then, see `sketch.ts`. */
  sketch: string[];
}

const nameOf = (tabId: string) => `summary.${tabId}`;

export function readRecord(tabId: string): Record | null {
  const value = PropertiesService.getDocumentProperties().getProperty(nameOf(tabId));
  return value === null ? null : (JSON.parse(value) as Record);
}

export function writeRecord(tabId: string, record: Record): void {
  const value = JSON.stringify(record);
  PropertiesService.getDocumentProperties().setProperty(nameOf(tabId), value);
}

export function forgetRecord(tabId: string): void {
  PropertiesService.getDocumentProperties().deleteProperty(nameOf(tabId));
}
