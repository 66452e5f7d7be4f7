import type { Element } from 'domhandler';
import { Extract } from './extract.js';
import type { Limits } from './limits.js';
import { UnreadableError } from './unreadable.js';
import { children, textOf, xml } from './xml.js';
import { Archive } from './zip.js';

const PART =
  /^ppt\/(presentation\.xml|_rels\/presentation\.xml\.rels|(slides|notesSlides)\/.*\.(xml|rels))$/;
/** Placeholders that repeat on every slide (ECMA-376 part 1, ST_PlaceholderType). */
const FURNITURE = /^(dt|ftr|hdr|sldNum|sldImg)$/;

/** Slides in the order of the presentation, each with its notes. */
export async function readPptx(bytes: Uint8Array, limits: Limits): Promise<Extract> {
  const archive = await Archive.open(
    bytes,
    limits,
    (name) => PART.test(name) || name === 'docProps/core.xml',
  );
  const slides = slideNames(archive);
  if (slides.length === 0) throw new UnreadableError('damaged', 'no slides');
  const extract = new Extract(limits.characters);
  const core = archive.text('docProps/core.xml');
  const title = core && children(xml(core), 'dc:title').map(textOf)[0];
  // What PowerPoint calls a presentation that nobody named.
  if (title && !/^(powerpoint )?presentation$/i.test(title)) extract.title = title;
  for (const name of slides.slice(0, limits.pages)) {
    shapes(archive.text(name), extract, false);
    for (const notes of related(archive, name, 'notesSlide')) {
      shapes(archive.text(notes), extract, true);
    }
  }
  if (slides.length > limits.pages) extract.truncated = true;
  return extract;
}

function slideNames(archive: Archive): string[] {
  const order = children(xml(archive.text('ppt/presentation.xml') ?? ''), 'p:sldId');
  const targets = relations(archive, 'ppt/presentation.xml');
  const named = order
    .map((slide) => targets.get(slide.attribs['r:id'] ?? '')?.target)
    .filter((name) => name !== undefined && archive.names.includes(name)) as string[];
  if (named.length > 0) return named;
  const number = (name: string) => Number(/(\d+)\.xml$/.exec(name)?.[1]);
  return archive.names
    .filter((name) => /^ppt\/slides\/slide\d+\.xml$/.test(name))
    .sort((a, b) => number(a) - number(b));
}

function relations(archive: Archive, part: string): Map<string, { type: string; target: string }> {
  const file = part.replace(/([^/]+)$/, '_rels/$1.rels');
  const folder = part.slice(0, part.lastIndexOf('/') + 1);
  const found = new Map<string, { type: string; target: string }>();
  for (const { attribs } of children(xml(archive.text(file) ?? ''), 'Relationship')) {
    const target = new URL(attribs.Target ?? '', `zip:/${folder}`).pathname.slice(1);
    found.set(attribs.Id ?? '', { type: attribs.Type ?? '', target });
  }
  return found;
}

function related(archive: Archive, part: string, type: string): string[] {
  return [...relations(archive, part).values()]
    .filter((relation) => relation.type.endsWith(`/${type}`))
    .map((relation) => relation.target);
}

function shapes(text: string | undefined, extract: Extract, notes: boolean): void {
  if (text === undefined) return;
  const tree = xml(text);
  for (const shape of children(tree, 'p:sp')) {
    const placeholder = children(shape, 'p:ph')[0]?.attribs.type ?? '';
    if (FURNITURE.test(placeholder)) continue;
    const heading = !notes && /^(title|ctrTitle)$/.test(placeholder);
    for (const paragraph of children(shape, 'a:p')) {
      const line = textOf(paragraph).replace(/\s+/g, ' ');
      if (heading) extract.add('heading', line, 2);
      else if (notes || placeholder === 'subTitle') extract.add('paragraph', line);
      else extract.add('list-item', line, levelOf(paragraph));
    }
  }
  for (const table of children(tree, 'a:tbl')) {
    const rows = children(table, 'a:tr').map((row) =>
      children(row, 'a:tc').map((cell) => textOf(cell).trim()),
    );
    extract.add('table', rows.map((row) => row.join(' | ')).join('\n'));
  }
}

function levelOf(paragraph: Element): number {
  return Number(children(paragraph, 'a:pPr')[0]?.attribs.lvl) || 0;
}
