import { Readability } from '@mozilla/readability';
import { parseHTML } from 'linkedom';
import { type DomNode, DomReader } from './dom.js';
import { Extract } from './extract.js';
import type { Limits } from './limits.js';

/** Elements at most: Readability walks them all several times, and gives up with an error beyond. */
const ELEMENTS = 50_000;
/** Characters that the main content must have before the rest of the page is left out (Readability's own default is 500, for news). */
const MAIN = 200;
const FURNITURE =
  'nav, header, footer, aside, [role=navigation], [role=banner], [role=contentinfo], [role=search], [aria-hidden=true], [hidden]';

/** What is used of linkedom's document: its own types want TypeScript's DOM library. */
interface Page {
  body: DomNode;
  querySelector(selector: string): DomNode | null;
  querySelectorAll(selector: string): Iterable<DomNode & { remove(): void }>;
  cloneNode(deep: true): Page;
}

/** The main content of a web page, without its navigation. */
export function readHtml(html: string, limits: Pick<Limits, 'characters'>): Extract {
  const extract = new Extract(limits.characters);
  const document = pageOf(html);
  const heading = document.querySelector('h1')?.textContent;
  const title = document.querySelector('title')?.textContent;
  extract.title = title || undefined;
  const main = mainContent(document);
  if (main) {
    extract.title = main.title || extract.title;
    new DomReader(extract).read(main.node);
  } else {
    for (const element of document.querySelectorAll(FURNITURE)) element.remove();
    new DomReader(extract).read(document.body);
  }
  // A heading on the page that the title only decorates ("Tides – Harbour News") is the better title.
  if (heading && title?.includes(heading.trim())) extract.title = heading;
  extract.title = extract.title?.replace(/\s+/g, ' ').trim();
  return extract;
}

function pageOf(html: string): Page {
  return parseHTML(withBody(html)).document as unknown as Page;
}

function mainContent(document: Page): { title: string; node: DomNode } | undefined {
  // Readability takes the elements out of the document it is given.
  const article = new Readability<DomNode>(document.cloneNode(true) as never, {
    charThreshold: MAIN,
    maxElemsToParse: ELEMENTS,
    serializer: (node) => node as unknown as DomNode,
  }).parse();
  if (!article?.content || (article.length ?? 0) < MAIN) return undefined;
  return { title: article.title ?? '', node: article.content };
}

/** linkedom wants a whole document; a fragment (what mammoth and mails give) has neither html nor body. */
function withBody(html: string): string {
  return /<body[\s>]/i.test(html) ? html : `<!doctype html><html><body>${html}</body></html>`;
}

/** All of a fragment, such as a mail or what another format was turned into. */
export function readFragment(html: string, extract: Extract): void {
  const document = pageOf(html);
  new DomReader(extract).read(document.body);
}
