/**
 * Elements of a Google document, as DocumentApp shows them: casts throw on the wrong type, a body
 * keeps its last paragraph, new lines in a paragraph become \r, indices are checked.
 */
export const ElementType = names(
  'TEXT',
  'PARAGRAPH',
  'LIST_ITEM',
  'TABLE',
  'TABLE_ROW',
  'TABLE_CELL',
  'BODY_SECTION',
  'PERSON',
  'DATE',
  'RICH_LINK',
  'INLINE_IMAGE',
  'FOOTNOTE',
  'TABLE_OF_CONTENTS',
);
export const ParagraphHeading = names(
  'NORMAL',
  'TITLE',
  'SUBTITLE',
  'HEADING1',
  'HEADING2',
  'HEADING3',
  'HEADING4',
  'HEADING5',
  'HEADING6',
);
export const GlyphType = names(
  'BULLET',
  'HOLLOW_BULLET',
  'SQUARE_BULLET',
  'NUMBER',
  'LATIN_UPPER',
  'LATIN_LOWER',
  'ROMAN_UPPER',
  'ROMAN_LOWER',
);

/** Enumerations of Apps Script are objects, not strings: no comparison with a string succeeds. */
function names<const T extends string>(...all: T[]): { [K in T]: { toString(): K } } {
  return Object.fromEntries(all.map((name) => [name, { toString: () => name }])) as never;
}

export class FakeElement {
  parent: Container | null = null;

  constructor(
    readonly type: object,
    readonly document: { readOnly: boolean; emptied(element: FakeElement): void },
  ) {}

  getType = () => this.type;
  getParent = () => this.parent;
  asText = () => this.#as(ElementType.TEXT);
  asParagraph = () => this.#as(ElementType.PARAGRAPH);
  asListItem = () => this.#as(ElementType.LIST_ITEM);
  asTable = () => this.#as(ElementType.TABLE);
  asPerson = () => this.#as(ElementType.PERSON);
  asDate = () => this.#as(ElementType.DATE);
  asRichLink = () => this.#as(ElementType.RICH_LINK);

  isAtDocumentEnd(): boolean {
    return this.parent?.children.at(-1) === this;
  }

  removeFromParent(): this {
    this.mayWrite();
    const { parent } = this;
    if (!parent) throw new Error('Element does not have a parent.');
    if (parent.type === ElementType.BODY_SECTION && this.isAtDocumentEnd()) {
      throw new Error("Can't remove the last paragraph in a document section.");
    }
    parent.children.splice(parent.children.indexOf(this), 1);
    this.parent = null;
    this.document.emptied(this);
    return this;
  }

  mayWrite(): void {
    if (this.document.readOnly) throw new Error('Action not allowed');
  }

  #as(type: object): this {
    if (this.type === type) return this;
    throw new Error(`${this.type} can't be cast to ${type}.`);
  }
}

export class Container extends FakeElement {
  children: FakeElement[] = [];

  getNumChildren = () => this.children.length;

  getChild(index: number): FakeElement {
    const child = this.children[index];
    if (!child) throw new Error(`Child index (${index}) must be less than the number of children.`);
    return child;
  }

  getChildIndex(child: FakeElement): number {
    const index = this.children.indexOf(child);
    if (index < 0) throw new Error('Element does not contain the specified child.');
    return index;
  }

  add(child: FakeElement, index = this.children.length): void {
    child.parent = this;
    this.children.splice(index, 0, child);
  }
}

/** Text, or a chip that has words of its own. */
export class Leaf extends FakeElement {
  constructor(
    type: object,
    document: FakeElement['document'],
    public words: string,
  ) {
    super(type, document);
  }

  getText = () => this.words;
  getName = () => this.words || null;
  getEmail = () => 'ann@example.org';
  getDisplayText = () => this.words;
  getTitle = () => this.words;
}

export class FakeParagraph extends Container {
  heading: object = ParagraphHeading.NORMAL;

  /** Chips and pictures are not in it. */
  getText = () =>
    this.children
      .map((child) => (child.type === ElementType.TEXT ? (child as Leaf).words : ''))
      .join('');
  getHeading = () => this.heading;

  setHeading(heading: object): this {
    this.mayWrite();
    if (!Object.values(ParagraphHeading).includes(heading as never)) throw new Error('No heading.');
    this.heading = heading;
    return this;
  }

  setText(text: string): void {
    this.mayWrite();
    this.write(text);
    // The characters that a range held are gone, whatever came in their place.
    this.document.emptied(this);
  }

  write(text: string): void {
    this.children = [];
    if (text === '') return;
    this.add(new Leaf(ElementType.TEXT, this.document, text.replaceAll('\n', '\r')));
  }
}

export class FakeListItem extends FakeParagraph {
  glyph: object | null = GlyphType.BULLET;
  level = 0;
  getGlyphType = () => this.glyph;
  getNestingLevel = () => this.level;
}

export class FakeTable extends Container {
  getNumRows = () => this.children.length;
  getRow = (index: number) => this.getChild(index);
}

export class FakeRow extends Container {
  getNumCells = () => this.children.length;
  getCell = (index: number) => this.getChild(index);
}

export class FakeBody extends Container {
  insertParagraph(index: number, text: string): FakeParagraph {
    this.mayWrite();
    if (index < 0 || index > this.children.length) throw new Error(`Invalid index ${index}.`);
    const paragraph = new FakeParagraph(ElementType.PARAGRAPH, this.document);
    paragraph.write(text);
    this.add(paragraph, index);
    return paragraph;
  }

  appendParagraph = (text: string) => this.insertParagraph(this.children.length, text);
}
