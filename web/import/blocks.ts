import type { FileContent } from '../../client/index.js';

type Block = FileContent['blocks'][number];

/** Blocks of a file as elements. Text goes in as text: nothing in a file becomes markup. */
export function blocksToElement(title: string, blocks: readonly Block[]): HTMLElement {
  const root = element('div');
  const head = element('h1', title);
  head.dataset.title = '';
  root.append(head);
  /** Lists that are open, outermost first. */
  let lists: HTMLElement[] = [];
  blocks.forEach((block, index) => {
    if (index === 0 && block.kind === 'heading' && block.text === title) return;
    if (block.kind !== 'list-item') {
      lists = [];
      root.append(blockElement(block));
      return;
    }
    const depth = Math.min(block.level ?? 0, lists.length);
    lists.length = Math.min(lists.length, depth + 1);
    if (lists.length <= depth) {
      const list = element('ul');
      (lists.at(-1)?.lastElementChild ?? root).append(list);
      lists.push(list);
    }
    const item = element('li');
    item.append(element('p', block.text));
    lists.at(-1)?.append(item);
  });
  return root;
}

function blockElement({ kind, text, level = 1 }: Block): HTMLElement {
  switch (kind) {
    case 'heading':
      return element(`h${Math.min(4, Math.max(2, level))}`, text);
    case 'quote': {
      const quote = element('blockquote');
      quote.append(element('p', text));
      return quote;
    }
    case 'code': {
      const code = element('pre');
      code.append(element('code', text));
      return code;
    }
    case 'table':
      return table(text);
    default:
      return element('p', text);
  }
}

/** Rows are lines, cells are divided by ` | `. */
function table(text: string): HTMLElement {
  const body = element('tbody');
  const rows = text.split('\n').map((line) => line.split(' | '));
  const width = Math.max(...rows.map((cells) => cells.length));
  rows.forEach((cells, index) => {
    const row = element('tr');
    for (let at = 0; at < width; at++) {
      const cell = element(index === 0 ? 'th' : 'td');
      cell.append(element('p', cells[at]?.trim() ?? ''));
      row.append(cell);
    }
    body.append(row);
  });
  const whole = element('table');
  whole.append(body);
  return whole;
}

function element(name: string, text = ''): HTMLElement {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}
