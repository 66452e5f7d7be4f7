import { type Reading, readTab } from './reading.js';
import { findSection, indicesOf, type Section } from './summary.js';

/** The tab that the writer has open. */
export interface Active {
  document: GoogleAppsScript.Document.Document;
  tab: GoogleAppsScript.Document.DocumentTab;
  id: string;
}

export function activeTab(): Active {
  const document = DocumentApp.getActiveDocument();
  const tab = document.getActiveTab();
  return { document, tab: tab.asDocumentTab(), id: tab.getId() };
}

/** The document without the summary that stands in it, and that summary. */
export function read({ document, tab }: Active): { reading: Reading; section: Section | null } {
  const section = findSection(tab);
  return { reading: readTab(document, tab.getBody(), indicesOf(tab, section)), section };
}
