import type { Node } from '@tiptap/pm/model';

export interface OutlineEntry {
  /** 1 for a section, 2 and 3 below it. */
  level: number;
  text: string;
  position: number;
}

/** Headings of the body in reading order. */
export function outlineOf(doc: Node): OutlineEntry[] {
  const entries: OutlineEntry[] = [];
  doc.forEach((node, position) => {
    if (node.type.name !== 'heading' || node.textContent.trim() === '') return;
    entries.push({ level: (node.attrs.level as number) - 1, text: node.textContent, position });
  });
  return entries;
}
