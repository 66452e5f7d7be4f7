import {
  ElementType,
  FakeBody,
  FakeElement,
  FakeListItem,
  FakeParagraph,
  FakeRow,
  FakeTable,
  GlyphType,
  Leaf,
  ParagraphHeading,
} from './elements.js';

interface Part {
  element: FakeElement;
  from: number | null;
  to: number | null;
}

interface Named {
  id: string;
  name: string;
  parts: Part[];
}

type Inline = string | { person?: string; date?: string; link?: string; image?: true };

/** A document with one tab open; what a test writes in it stands for the writer's typing. */
export class FakeDocument {
  readOnly = false;
  name = 'Untitled document';
  selection: string | null = null;
  readonly tabs: FakeTab[] = [new FakeTab(this, 't.0')];

  addTab(id: string): void {
    this.tabs.push(new FakeTab(this, id));
  }
  active = 0;

  get tab(): FakeTab {
    return this.tabs[this.active] as FakeTab;
  }

  /** What `DocumentApp.getActiveDocument()` gives. */
  readonly api = {
    getName: () => this.name,
    getActiveTab: () => ({ getId: () => this.tab.id, asDocumentTab: () => this.tab.api }),
    setSelection: (range: { parts: Part[] }) => {
      this.selection = range.parts
        .map(({ element, from, to }) =>
          (element as Leaf).words.slice(from ?? 0, to === null ? undefined : to + 1),
        )
        .join('');
    },
  };

  emptied(element: FakeElement): void {
    for (const tab of this.tabs) tab.emptied(element);
  }

  save(): () => void {
    const undo = this.tabs.map((tab) => tab.save());
    return () => {
      for (const back of undo) back();
    };
  }
}

export class FakeTab {
  readonly body: FakeBody;
  named: Named[] = [];
  #ids = 0;

  constructor(
    readonly document: FakeDocument,
    readonly id: string,
  ) {
    this.body = new FakeBody(ElementType.BODY_SECTION, document);
    this.body.add(new FakeParagraph(ElementType.PARAGRAPH, document));
  }

  readonly api = {
    getBody: () => this.body,
    newRange: () => new RangeBuilder(),
    addNamedRange: (name: string, range: { parts: Part[] }) => {
      if (this.document.readOnly) throw new Error('Action not allowed');
      const named = { id: `r.${++this.#ids}`, name, parts: range.parts };
      this.named.push(named);
      return this.#handle(named);
    },
    getNamedRanges: (name?: string) =>
      this.named
        .filter((each) => name === undefined || each.name === name)
        .map((each) => this.#handle(each)),
  };

  #handle(named: Named) {
    return {
      getId: () => named.id,
      getName: () => named.name,
      getRange: () => new Range(named.parts),
      remove: () => {
        this.named = this.named.filter((each) => each !== named);
      },
    };
  }

  /** A range without content goes away by itself. */
  emptied(element: FakeElement): void {
    for (const named of this.named) {
      named.parts = named.parts.filter((part) => part.element !== element);
    }
    this.named = this.named.filter(({ parts }) => parts.length > 0);
  }

  /** Writes a paragraph at the end, in place of the empty one that a new document has. */
  write(style: keyof typeof ParagraphHeading, ...inline: Inline[]): FakeParagraph {
    const paragraph = new FakeParagraph(ElementType.PARAGRAPH, this.document);
    paragraph.heading = ParagraphHeading[style];
    return this.#append(this.#fill(paragraph, inline));
  }

  item(level: number, glyph: keyof typeof GlyphType | null, ...inline: Inline[]): FakeListItem {
    const item = new FakeListItem(ElementType.LIST_ITEM, this.document);
    item.level = level;
    item.glyph = glyph === null ? null : GlyphType[glyph];
    return this.#append(this.#fill(item, inline));
  }

  table(rows: string[][]): void {
    const table = new FakeTable(ElementType.TABLE, this.document);
    for (const cells of rows) {
      const row = new FakeRow(ElementType.TABLE_ROW, this.document);
      for (const text of cells) {
        const cell = new FakeRow(ElementType.TABLE_CELL, this.document);
        cell.add(this.#fill(new FakeParagraph(ElementType.PARAGRAPH, this.document), [text]));
        row.add(cell);
      }
      table.add(row);
    }
    this.#append(table);
    this.write('NORMAL');
  }

  other(type: keyof typeof ElementType): void {
    this.#append(new FakeElement(ElementType[type], this.document));
  }

  /** Everything as lines, headings and titles with their style before them. */
  get lines(): string[] {
    return this.body.children.map((child) => {
      if (!(child instanceof FakeParagraph)) return `<${child.type}>`;
      const text = child.getText();
      return child.heading === ParagraphHeading.NORMAL ? text : `${child.heading}: ${text}`;
    });
  }

  #append<T extends FakeElement>(element: T): T {
    const { children } = this.body;
    const [first] = children;
    if (children.length === 1 && first instanceof FakeParagraph && first.getText() === '') {
      children.length = 0;
    }
    this.body.add(element);
    return element;
  }

  #fill<T extends FakeParagraph>(paragraph: T, inline: Inline[]): T {
    for (const part of inline) {
      const leaf = (type: object, words: string) =>
        paragraph.add(new Leaf(type, this.document, words));
      if (typeof part === 'string') leaf(ElementType.TEXT, part);
      else if (part.person !== undefined) leaf(ElementType.PERSON, part.person);
      else if (part.date !== undefined) leaf(ElementType.DATE, part.date);
      else if (part.link !== undefined) leaf(ElementType.RICH_LINK, part.link);
      else leaf(ElementType.INLINE_IMAGE, '');
    }
    return paragraph;
  }

  save(): () => void {
    const children = this.body.children.map((child) => ({
      child,
      content: child instanceof FakeParagraph ? [...child.children] : null,
      heading: child instanceof FakeParagraph ? child.heading : null,
    }));
    const named = this.named.map((each) => ({ ...each, parts: [...each.parts] }));
    return () => {
      this.body.children = children.map(({ child, content, heading }) => {
        child.parent = this.body;
        if (child instanceof FakeParagraph && content && heading) {
          child.children = content;
          child.heading = heading;
        }
        return child;
      });
      this.named = named;
    };
  }
}

class Range {
  constructor(readonly parts: Part[]) {}

  getRangeElements = () => this.parts.map(({ element }) => ({ getElement: () => element }));
}

class RangeBuilder {
  readonly #parts: Part[] = [];

  addElement(element: FakeElement, from: number | null = null, to: number | null = null): this {
    if (from !== null) {
      if (element.type !== ElementType.TEXT) throw new Error('Only a text has offsets.');
      const { length } = (element as Leaf).words;
      if (from < 0 || to === null || to < from || to >= length)
        throw new Error('Index out of range.');
    }
    this.#parts.push({ element, from, to });
    return this;
  }

  build = () => new Range(this.#parts);
}
