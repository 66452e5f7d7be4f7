import type { ChildNode, Document, Element } from 'domhandler';
import { parseDocument } from 'htmlparser2';

/** An XML part of an office file. The parser knows no entity declarations, so that none can expand. */
export function xml(text: string): Document {
  return parseDocument(text, { xmlMode: true, decodeEntities: true });
}

type Parent = { children: ChildNode[] };

/** Elements of a name, in document order, none inside another. */
export function children(node: Parent, name: string): Element[] {
  const found: Element[] = [];
  const stack: ChildNode[] = [...node.children].reverse();
  for (let next = stack.pop(); next; next = stack.pop()) {
    if (next.type !== 'tag') continue;
    if (next.name === name) found.push(next);
    else
      for (let i = next.children.length - 1; i >= 0; i--) stack.push(next.children[i] as ChildNode);
  }
  return found;
}

export function textOf(node: Parent): string {
  let text = '';
  const stack: ChildNode[] = [...node.children].reverse();
  for (let next = stack.pop(); next; next = stack.pop()) {
    if (next.type === 'text') text += next.data;
    if (next.type !== 'tag') continue;
    for (let i = next.children.length - 1; i >= 0; i--) stack.push(next.children[i] as ChildNode);
  }
  return text;
}
