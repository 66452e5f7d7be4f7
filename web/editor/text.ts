import type { Node } from '@tiptap/pm/model';

/** Positions in the editor's document, end exclusive. */
export interface Range {
  from: number;
  to: number;
}

/** `length` characters of the text from `text` on stand in the editor from `position` on. */
interface Run {
  text: number;
  position: number;
  length: number;
}

/** The body as Markdown, and where in the editor each of its characters stands. */
export interface BodyText {
  text: string;
  runs: Run[];
}

/** Characters that Markdown might read as its own; at the start of a line there are more. */
const SPECIAL = /[\\`*_[\]<&|~]/;
/** `documents/` takes tags out, and finds entities, before it looks at backslashes. */
const ENTITIES: Record<string, string> = { '<': 'lt;', '&': 'amp;' };
const LINE_START = /^(?:[#+\-=:>]|\d{1,9}[.)])/;

/** Writes what is sent to the model: the body without title, summary and formatting. */
class Writer {
  private readonly parts: string[] = [];
  private size = 0;
  readonly runs: Run[] = [];

  get text(): string {
    return this.parts.join('');
  }

  make(text: string): void {
    this.parts.push(text);
    this.size += text.length;
  }

  /** Text that stands in the editor from `position` on, escaped for Markdown. */
  copy(text: string, position: number): void {
    for (let at = 0; at < text.length; ) {
      let end = at;
      while (end < text.length && !SPECIAL.test(text[end] as string)) end++;
      if (end > at) this.run(text.slice(at, end), position + at);
      const entity = ENTITIES[text[end] ?? ''];
      if (entity) {
        this.run('&', position + end);
        this.make(entity);
      } else if (end < text.length) {
        this.make('\\');
        this.run(text[end] as string, position + end);
      }
      at = end + 1;
    }
  }

  run(text: string, position: number): void {
    this.runs.push({ text: this.size, position, length: text.length });
    this.make(text);
  }

  /** Blocks below each other; `indent` begins each line but the first. */
  blocks(parent: Node, start: number, indent: string): void {
    let first = true;
    parent.forEach((node, offset) => {
      if (node.type.name === 'title' || node.type.name === 'summary') return;
      if (!first) this.make(`\n${indent.trimEnd()}\n${indent}`);
      first = false;
      this.block(node, start + offset, indent);
    });
  }

  private block(node: Node, position: number, indent: string): void {
    const inside = position + 1;
    switch (node.type.name) {
      case 'heading':
        this.make(`${'#'.repeat((node.attrs.level as number) - 1)} `);
        this.inline(node, inside, ' ');
        break;
      case 'blockquote':
        this.make('> ');
        this.blocks(node, inside, `${indent}> `);
        break;
      case 'bulletList':
      case 'orderedList':
        this.list(node, inside, indent);
        break;
      case 'codeBlock':
        this.make(`\`\`\`\n${indent}`);
        this.run(node.textContent.replaceAll('```', "'''"), inside);
        this.make(`\n${indent}\`\`\``);
        break;
      case 'table':
        this.table(node, inside, indent);
        break;
      case 'horizontalRule':
        this.make('---');
        break;
      default:
        this.inline(node, inside, `\n${indent}`, true);
    }
  }

  private list(node: Node, inside: number, indent: string): void {
    node.forEach((item, offset, index) => {
      const marker = node.type.name === 'bulletList' ? '- ' : `${index + 1}. `;
      if (index > 0) this.make(`\n${indent}`);
      this.make(marker);
      this.blocks(item, inside + offset + 1, indent + ' '.repeat(marker.length));
    });
  }

  private table(node: Node, inside: number, indent: string): void {
    node.forEach((row, offset, index) => {
      if (index > 0) this.make(`\n${indent}`);
      row.forEach((cell, cellOffset) => {
        this.make('| ');
        this.inline(cell, inside + offset + cellOffset + 2, ' ');
        this.make(' ');
      });
      this.make('|');
      if (index === 0) this.make(`\n${indent}${'| - '.repeat(row.childCount)}|`);
    });
  }

  private inline(parent: Node, start: number, lineBreak: string, lineStart = false): void {
    const guarded = lineStart && LINE_START.test(parent.textContent);
    // A digit can't be escaped, but what follows it can.
    const digits = guarded ? (/^\d+/.exec(parent.textContent)?.[0].length ?? 0) : -1;
    let seen = 0;
    parent.descendants((node, offset) => {
      if (node.type.name === 'hardBreak') this.make(lineBreak);
      if (!node.isText) return true;
      const text = node.text ?? '';
      const cut = digits - seen;
      if (cut >= 0 && cut < text.length) {
        this.copy(text.slice(0, cut), start + offset);
        this.make('\\');
        this.copy(text.slice(cut), start + offset + cut);
      } else this.copy(text, start + offset);
      seen += text.length;
      return true;
    });
  }
}

export function bodyText(doc: Node): BodyText {
  const writer = new Writer();
  writer.blocks(doc, 0, '');
  return { text: writer.text, runs: writer.runs };
}

/** The passages of the editor behind the characters `start` to `end` of the text. */
export function rangesOf({ runs }: BodyText, start: number, end: number): Range[] {
  const ranges: Range[] = [];
  for (const run of runs) {
    const from = run.position + Math.max(0, start - run.text);
    const to = run.position + Math.min(run.length, end - run.text);
    if (from >= to) continue;
    const last = ranges.at(-1);
    if (last && last.to === from) last.to = to;
    else ranges.push({ from, to });
  }
  return ranges;
}

/**
 * Where a passage of an older text stands now: at its offsets while the text is the same, else where
 * the same characters stand; nowhere once they were edited.
 */
export function locate(
  now: BodyText,
  asked: string,
  { start, end }: { start: number; end: number },
): Range[] {
  if (now.text === asked) return rangesOf(now, start, end);
  const passage = asked.slice(start, end);
  const at = passage === '' ? -1 : now.text.indexOf(passage);
  return at < 0 ? [] : rangesOf(now, at, at + passage.length);
}
