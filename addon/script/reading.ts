import { sha256 } from './digest.js';
import { type Block, type Piece, plain, type Rendered, render } from './markdown.js';

type Text = GoogleAppsScript.Document.Text;
type Paragraph = GoogleAppsScript.Document.Paragraph | GoogleAppsScript.Document.ListItem;

/** The tab that the writer has open, as the service wants it. */
export interface Reading {
  title: string | undefined;
  blocks: Block[];
  rendered: Rendered;
  /** Texts by `Piece.place`. */
  places: Text[];
  /** SHA-256 over title and Markdown. */
  fingerprint: string;
}

/**
 * Every look at an element is a call into Docs of a millisecond or so, and the model reads the first
 * few hundred words: what lies beyond is not worth the writer's wait.
 */
const MOST_ELEMENTS = 2000;
const MOST_CHARACTERS = 300_000;
/** `document.title` of the service. */
const MOST_TITLE = 1000;

/** @param own indices of body elements that belong to the inserted summary. */
export function readTab(
  document: GoogleAppsScript.Document.Document,
  body: GoogleAppsScript.Document.Body,
  own: readonly number[],
): Reading {
  const reader = new Reader();
  const count = Math.min(body.getNumChildren(), MOST_ELEMENTS);
  for (let index = 0; index < count && reader.characters < MOST_CHARACTERS; index++) {
    if (!own.includes(index)) reader.element(body.getChild(index));
  }
  const { blocks, places } = reader;
  const rendered = render(blocks);
  const title = (reader.title ?? nameOf(document))?.slice(0, MOST_TITLE);
  const fingerprint = sha256(JSON.stringify([title ?? null, rendered.text]));
  return { title, blocks, rendered, places, fingerprint };
}

/** The file's name, unless nobody gave it one. */
function nameOf(document: GoogleAppsScript.Document.Document): string | undefined {
  const name = document.getName().trim();
  return name === '' || /^Untitled document\b/i.test(name) ? undefined : name;
}

class Reader {
  readonly blocks: Block[] = [];
  readonly places: Text[] = [];
  title: string | undefined;
  characters = 0;

  element(element: GoogleAppsScript.Document.Element): void {
    const { ElementType } = DocumentApp;
    const type = element.getType();
    if (type === ElementType.PARAGRAPH) this.#paragraph(element.asParagraph());
    else if (type === ElementType.LIST_ITEM) this.#item(element.asListItem());
    else if (type === ElementType.TABLE) this.#table(element.asTable());
  }

  #paragraph(paragraph: GoogleAppsScript.Document.Paragraph): void {
    const heading = paragraph.getHeading();
    const pieces = this.#pieces(paragraph);
    const block: Block = { kind: 'paragraph', pieces };
    const text = plain(block).trim();
    if (text === '') return;
    if (heading === DocumentApp.ParagraphHeading.TITLE && this.title === undefined) {
      this.title = text;
      return;
    }
    const level = headings().indexOf(heading) + 1;
    this.blocks.push(level > 0 ? { kind: 'heading', level, pieces } : block);
  }

  #item(item: GoogleAppsScript.Document.ListItem): void {
    const { BULLET, HOLLOW_BULLET, SQUARE_BULLET } = DocumentApp.GlyphType;
    // Checklists have no glyph type.
    const glyph = item.getGlyphType() as GoogleAppsScript.Document.GlyphType | null;
    const ordered = glyph !== null && ![BULLET, HOLLOW_BULLET, SQUARE_BULLET].includes(glyph);
    const level = item.getNestingLevel();
    this.blocks.push({ kind: 'list-item', level, ordered, pieces: this.#pieces(item) });
  }

  #table(table: GoogleAppsScript.Document.Table): void {
    const rows: Piece[][][] = [];
    for (let y = 0; y < table.getNumRows(); y++) {
      const row = table.getRow(y);
      const cells: Piece[][] = [];
      for (let x = 0; x < row.getNumCells(); x++) cells.push(this.#cell(row.getCell(x)));
      rows.push(cells);
    }
    const [first] = rows;
    // A table of one cell is a box around a paragraph.
    if (rows.length === 1 && first?.length === 1) {
      this.blocks.push({ kind: 'paragraph', pieces: first[0] ?? [] });
    } else if (first) this.blocks.push({ kind: 'table', rows });
  }

  #cell(cell: GoogleAppsScript.Document.TableCell): Piece[] {
    const { ElementType } = DocumentApp;
    const pieces: Piece[] = [];
    for (let index = 0; index < cell.getNumChildren(); index++) {
      const child = cell.getChild(index);
      const type = child.getType();
      if (type !== ElementType.PARAGRAPH && type !== ElementType.LIST_ITEM) continue;
      if (pieces.length > 0) pieces.push({ text: ' ' });
      pieces.push(...this.#pieces(child as unknown as Paragraph));
    }
    return pieces;
  }

  /** Text, and the words of chips; pictures, footnotes and equations say nothing to the model. */
  #pieces(paragraph: Paragraph): Piece[] {
    const { ElementType } = DocumentApp;
    const pieces: Piece[] = [];
    for (let index = 0; index < paragraph.getNumChildren(); index++) {
      const child = paragraph.getChild(index);
      switch (child.getType()) {
        case ElementType.TEXT:
          pieces.push({
            text: child.asText().getText(),
            place: this.places.push(child.asText()) - 1,
          });
          break;
        case ElementType.PERSON: {
          const person = child.asPerson();
          pieces.push({ text: person.getName() || person.getEmail() });
          break;
        }
        case ElementType.DATE:
          pieces.push({ text: child.asDate().getDisplayText() });
          break;
        case ElementType.RICH_LINK:
          pieces.push({ text: child.asRichLink().getTitle() });
      }
    }
    for (const { text } of pieces) this.characters += text.length;
    return pieces;
  }
}

function headings(): GoogleAppsScript.Document.ParagraphHeading[] {
  const { ParagraphHeading: H } = DocumentApp;
  return [H.HEADING1, H.HEADING2, H.HEADING3, H.HEADING4, H.HEADING5, H.HEADING6];
}
