import type { Extract } from '../extract.js';
import type { Line } from './page.js';

const ITEM = /^(?:[•◦▪‣·∙●○■–\uf0b7*]|\(?(?:\d{1,2}|[a-z])[.)])\s+/;
const BULLET_ONLY = /^[•◦▪‣·∙●○■–\uf0b7*]$/;
/** Font sizes over that of the running text from which on a short line is a heading. */
const LARGER = 1.12;

/** Joins lines of one paragraph, across columns and pages, and tells headings by their size. */
export class Paragraphs {
  private lines: Line[] = [];

  constructor(
    private readonly extract: Extract,
    private readonly body: number,
    /** Font sizes of headings, largest first. */
    private readonly sizes: number[],
  ) {}

  add(line: Line): void {
    const last = this.lines.at(-1);
    if (last && this.breaks(last, line)) this.flush();
    this.lines.push(line);
  }

  private breaks(last: Line, line: Line): boolean {
    if (BULLET_ONLY.test(last.text.trim())) return false;
    if (ITEM.test(line.text.trim()) || BULLET_ONLY.test(line.text.trim())) return true;
    if (Math.abs(last.height - line.height) > this.body * 0.1) return true;
    const step = last.y - line.y;
    if (step < -1 || Math.abs(step) > line.height * 8) {
      // The next column or page: the paragraph goes on if its sentence does.
      return /[.!?:]["'”’)]?$/.test(last.text.trim()) || !/^[\p{Ll}\p{N}(]/u.test(line.text.trim());
    }
    if (step > line.height * 1.75) return true;
    const indented = line.x > last.x + line.height * 0.8 && this.lines.length > 1;
    return indented && /[.!?:]["'”’)]?$/.test(last.text.trim());
  }

  flush(): void {
    const lines = this.lines;
    this.lines = [];
    const [first] = lines;
    if (!first) return;
    const text = join(lines.map((line) => line.text.trim()));
    const size = Math.round(first.height);
    const large = first.height > this.body * LARGER && text.length < 200;
    if (isTable(lines)) this.extract.add('table', lines.map((line) => line.text).join(' | '));
    else if (large)
      this.extract.add('heading', text, Math.min(6, this.sizes.indexOf(size) + 1 || 1));
    else if (ITEM.test(text)) this.extract.add('list-item', text.replace(ITEM, ''), 0);
    else this.extract.add('paragraph', text);
  }
}

/** Rows of two cells or more, one under the other. */
function isTable(lines: Line[]): boolean {
  const rows = new Set(lines.map((line) => Math.round(line.y)));
  return rows.size >= 2 && lines.length >= rows.size * 1.9;
}

/** A hyphen at the end of a line goes where the word goes on in lower case. */
function join(lines: string[]): string {
  return lines.reduce((text, line) => {
    if (text === '') return line;
    if (text.endsWith('\u00ad')) return text.slice(0, -1) + line;
    if (/\p{Ll}[-\u2010]$/u.test(text) && /^\p{Ll}/u.test(line)) return text.slice(0, -1) + line;
    return `${text}${/[-\u2010]$/.test(text) && /\S-$/.test(text) ? '' : ' '}${line}`;
  }, '');
}
