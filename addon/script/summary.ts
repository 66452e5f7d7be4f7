import { sha256 } from './digest.js';

type Body = GoogleAppsScript.Document.Body;
type Paragraph = GoogleAppsScript.Document.Paragraph;
type DocumentTab = GoogleAppsScript.Document.DocumentTab;

/** The named range around an inserted summary: it moves with the text and is gone when that is. */
const RANGE = 'precis-summary';
const HEADING = 'Summary';

/** A summary that stands in the document. */
export interface Section {
  /** The paragraphs of its text; more than one when the writer split it. */
  paragraphs: Paragraph[];
  /** The heading above, while it still reads "Summary". */
  heading: Paragraph | null;
  text: string;
  hash: string;
}

/** The summary that was inserted, or null when there is none any more. */
export function findSection(tab: DocumentTab): Section | null {
  for (const named of tab.getNamedRanges(RANGE)) {
    const paragraphs: Paragraph[] = [];
    for (const part of named.getRange().getRangeElements()) {
      const paragraph = paragraphOf(part.getElement());
      if (paragraph?.getText().trim()) paragraphs.push(paragraph);
    }
    if (paragraphs.length > 0) return toSection(tab.getBody(), paragraphs);
  }
  return null;
}

/** A section called "Summary" at the top that someone else wrote, or whose range was lost. */
export function findOther(tab: DocumentTab): Section | null {
  const body = tab.getBody();
  const index = topOf(body);
  const heading = paragraphAt(body, index);
  if (!heading || !isSummaryHeading(heading)) return null;
  const text = paragraphAt(body, index + 1);
  const own = text && !isHeading(text) ? [text] : [];
  return { ...toSection(body, own), heading };
}

/** Writes the summary into its section, or into a new one at the top. One step of the undo history. */
export function writeSection(tab: DocumentTab, section: Section | null, text: string): Section {
  const body = tab.getBody();
  let [paragraph] = section?.paragraphs ?? [];
  if (paragraph) {
    paragraph.setText(text);
    for (const rest of section?.paragraphs.slice(1) ?? []) rest.removeFromParent();
  } else if (section?.heading) {
    const below = body.getChildIndex(section.heading) + 1;
    paragraph = insert(body, below, text, DocumentApp.ParagraphHeading.NORMAL);
  } else {
    const top = topOf(body);
    insert(body, top, HEADING, headingLike(body));
    paragraph = insert(body, top + 1, text, DocumentApp.ParagraphHeading.NORMAL);
  }
  // Replacing all of its text may have emptied the old range.
  for (const named of tab.getNamedRanges(RANGE)) named.remove();
  tab.addNamedRange(RANGE, tab.newRange().addElement(paragraph).build());
  return toSection(body, [paragraph]);
}

export function removeSection(tab: DocumentTab, { heading, paragraphs }: Section): void {
  const body = tab.getBody();
  const gone = heading ? [heading, ...paragraphs] : paragraphs;
  // Docs keeps the last paragraph of a body.
  if (gone.some((each) => each.isAtDocumentEnd())) body.appendParagraph('');
  for (const each of gone) each.removeFromParent();
  for (const named of tab.getNamedRanges(RANGE)) named.remove();
}

/** Indices of the body elements that a section takes. */
export function indicesOf(tab: DocumentTab, section: Section | null): number[] {
  if (!section) return [];
  const body = tab.getBody();
  const elements = section.heading ? [section.heading, ...section.paragraphs] : section.paragraphs;
  return elements.map((element) => body.getChildIndex(element));
}

export const hashOf = (text: string) => sha256(text.trim());

function toSection(body: Body, paragraphs: Paragraph[]): Section {
  const text = paragraphs.map((paragraph) => paragraph.getText().trim()).join(' ');
  const [first] = paragraphs;
  const above = first ? paragraphAt(body, body.getChildIndex(first) - 1) : null;
  const heading = above && isSummaryHeading(above) ? above : null;
  return { paragraphs, heading, text, hash: hashOf(text) };
}

function paragraphOf(element: GoogleAppsScript.Document.Element): Paragraph | null {
  const { ElementType } = DocumentApp;
  const type = element.getType();
  if (type === ElementType.PARAGRAPH) return element.asParagraph();
  if (type !== ElementType.TEXT) return null;
  const parent = element.getParent();
  return parent.getType() === ElementType.PARAGRAPH ? parent.asParagraph() : null;
}

function paragraphAt(body: Body, index: number): Paragraph | null {
  if (index < 0 || index >= body.getNumChildren()) return null;
  const child = body.getChild(index);
  return child.getType() === DocumentApp.ElementType.PARAGRAPH ? child.asParagraph() : null;
}

const isHeading = (paragraph: Paragraph) =>
  paragraph.getHeading() !== DocumentApp.ParagraphHeading.NORMAL;

const isSummaryHeading = (paragraph: Paragraph) =>
  isHeading(paragraph) && paragraph.getText().trim().toLowerCase() === HEADING.toLowerCase();

/** Where a summary goes: below the title and subtitle that open the document. */
function topOf(body: Body): number {
  const { TITLE, SUBTITLE } = DocumentApp.ParagraphHeading;
  let index = 0;
  for (;;) {
    const paragraph = paragraphAt(body, index);
    if (!paragraph || ![TITLE, SUBTITLE].includes(paragraph.getHeading())) return index;
    index++;
  }
}

/** As prominent as the document's first heading, so that the outline stays even. */
function headingLike(body: Body): GoogleAppsScript.Document.ParagraphHeading {
  const { NORMAL, TITLE, SUBTITLE, HEADING2 } = DocumentApp.ParagraphHeading;
  for (let index = 0; index < Math.min(50, body.getNumChildren()); index++) {
    const heading = paragraphAt(body, index)?.getHeading() ?? NORMAL;
    if (![NORMAL, TITLE, SUBTITLE].includes(heading)) return heading;
  }
  return HEADING2;
}

function insert(
  body: Body,
  index: number,
  text: string,
  heading: GoogleAppsScript.Document.ParagraphHeading,
): Paragraph {
  return body.insertParagraph(index, text).setHeading(heading);
}
