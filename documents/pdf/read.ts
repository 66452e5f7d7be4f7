import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Extract } from '../extract.js';
import type { Limits } from '../limits.js';
import { UnreadableError } from '../unreadable.js';
import { readingOrder } from './columns.js';
import { type Page, withoutFurniture } from './furniture.js';
import { linesOf, type Run } from './page.js';
import { Paragraphs } from './paragraphs.js';

const assets = join(
  dirname(createRequire(import.meta.url).resolve('pdfjs-dist/package.json')),
  '/',
);
const asset = (folder: string) => `${pathToFileURL(join(assets, folder)).pathname}/`;

/** Characters without a letter that a text may hold, at least and as a share: bullets of symbol fonts. */
const FEWEST_UNMAPPED = 20;
const MOST_UNMAPPED = 0.05;

/** The text layer of a PDF as blocks. */
export async function readPdf(bytes: Uint8Array, limits: Limits): Promise<Extract> {
  const { getDocument } = await import('pdfjs-dist/legacy/build/pdf.mjs');
  const task = getDocument({
    data: new Uint8Array(bytes),
    isEvalSupported: false,
    disableFontFace: true,
    useSystemFonts: false,
    useWorkerFetch: false,
    verbosity: 0,
    cMapUrl: asset('cmaps'),
    standardFontDataUrl: asset('standard_fonts'),
  });
  const extract = new Extract(limits.characters);
  try {
    const file = await task.promise;
    const pages: Page[] = [];
    let characters = 0;
    for (let number = 1; number <= file.numPages; number++) {
      if (number > limits.pages || characters > limits.characters) {
        extract.truncated = true;
        break;
      }
      const page = await file.getPage(number);
      const { items } = await page.getTextContent();
      const runs = items.flatMap((item) => ('str' in item ? [runOf(item)] : []));
      characters += runs.reduce((sum, run) => sum + run.text.length, 0);
      const [, bottom, , top] = page.view as [number, number, number, number];
      pages.push({ lines: linesOf(runs), height: top - bottom });
      page.cleanup();
    }
    const { info } = await file.getMetadata().catch(() => ({ info: {} }));
    extract.title = titleOf((info as { Title?: unknown }).Title);
    fill(extract, withoutFurniture(pages));
  } catch (error) {
    throw explain(error as Error);
  } finally {
    await task.destroy().catch(() => undefined);
  }
  return extract;
}

function runOf(item: { str: string; transform: number[]; width: number; height: number }): Run {
  const [, , c = 0, d = 0, x = 0, y = 0] = item.transform;
  return { text: item.str, x, y, width: item.width, height: item.height || Math.hypot(c, d) };
}

function fill(extract: Extract, pages: Page[]): void {
  const lines = pages.flatMap((page) => readingOrder(page.lines));
  const text = lines.map((line) => line.text).join('');
  if (isUnmapped(text)) throw new UnreadableError('unmapped_fonts');
  const body = bodySize(lines);
  const sizes = [...new Set(lines.map((line) => Math.round(line.height)))]
    .filter((size) => size > body * 1.12)
    .sort((a, b) => b - a);
  const paragraphs = new Paragraphs(extract, body, sizes);
  for (const line of lines) paragraphs.add(line);
  paragraphs.flush();
}

/**
 * Whether the characters are numbers of glyphs rather than letters. Where nothing maps them, spaces
 * and punctuation come out as control characters, one in six; text of mapped fonts has none of those.
 */
function isUnmapped(text: string): boolean {
  const unmapped = text.match(/[\p{Co}\p{Cc}\ufffd]/gu)?.length ?? 0;
  return unmapped > FEWEST_UNMAPPED && unmapped > text.length * MOST_UNMAPPED;
}

/** The font size that most characters have. */
function bodySize(lines: { text: string; height: number }[]): number {
  const counts = new Map<number, number>();
  for (const { text, height } of lines) {
    const size = Math.round(height * 2) / 2;
    counts.set(size, (counts.get(size) ?? 0) + text.length);
  }
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 10;
}

/** Programs write file names and "Untitled" where nobody gave a title. */
function titleOf(title: unknown): string | undefined {
  if (typeof title !== 'string' || title.trim().length < 3) return undefined;
  if (
    /^untitled|^microsoft word|^about:blank|\.(docx?|odt|pptx?|html?|md|tex|dvi|indd|txt)$/i.test(
      title.trim(),
    )
  )
    return undefined;
  return title;
}

function explain(error: Error): Error {
  if (error instanceof UnreadableError) return error;
  if (error.name === 'PasswordException') return new UnreadableError('password_protected');
  return new UnreadableError('damaged', error.message.slice(0, 200));
}
