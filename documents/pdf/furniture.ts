import type { Line } from './page.js';

export interface Page {
  lines: Line[];
  height: number;
}

/** Headers and footers stand in the outer eighth of a page. */
const MARGIN = 1 / 8;
const PAGE_NUMBER =
  /^[-–—\s]*(?:page|seite|p\.)?\s*(?:\d{1,4}|[ivxlc]{1,7})(?:\s*(?:\/|of|von)\s*\d{1,4})?[-–—.\s]*$/i;

/** Removes page numbers, and lines that stand in the margin of several pages. */
export function withoutFurniture(pages: Page[]): Page[] {
  const seen = new Map<string, number>();
  for (const page of pages) {
    const keys = new Set(page.lines.filter((line) => inMargin(line, page)).map(keyOf));
    for (const key of keys) seen.set(key, (seen.get(key) ?? 0) + 1);
  }
  // Left and right pages may differ: a third of the pages is enough, two at least.
  const enough = Math.max(2, Math.ceil(pages.length / 3));
  return pages.map((page) => ({
    ...page,
    lines: page.lines.filter((line) => {
      if (!inMargin(line, page)) return true;
      return !PAGE_NUMBER.test(line.text.trim()) && (seen.get(keyOf(line)) ?? 0) < enough;
    }),
  }));
}

function inMargin(line: Line, page: Page): boolean {
  return line.y > page.height * (1 - MARGIN) || line.y < page.height * MARGIN;
}

/** The same line on another page, whatever number it holds. */
function keyOf(line: Line): string {
  return `${line.text.replace(/\d+/g, '#').replace(/\s+/g, ' ').trim()}@${Math.round(line.y / 4)}`;
}
