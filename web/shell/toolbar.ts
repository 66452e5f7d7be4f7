import type { Editor } from '@tiptap/core';
import { html, nothing, render, svg, type TemplateResult } from 'lit';
import { accepted } from '../import/import.js';

export interface ToolbarActions {
  create(): void;
  import(files: File[]): void;
}

interface Tool {
  name: string;
  icon: TemplateResult<2>;
  run(editor: Editor): unknown;
  active?(editor: Editor): boolean;
  can?(editor: Editor): boolean;
}

const icon = (path: string) => svg`<path d=${path} />`;
const chain = (editor: Editor) => editor.chain().focus();

const tools: Tool[] = [
  {
    name: 'Undo',
    icon: icon('M9 7L4.5 11.5 9 16M5 11.5h9a5 5 0 0 1 0 10h-3'),
    run: (editor) => chain(editor).undo().run(),
    can: (editor) => editor.can().undo(),
  },
  {
    name: 'Redo',
    icon: icon('M15 7l4.5 4.5L15 16M19 11.5h-9a5 5 0 0 0 0 10h3'),
    run: (editor) => chain(editor).redo().run(),
    can: (editor) => editor.can().redo(),
  },
  {
    name: 'Heading',
    icon: icon('M6 5v14M18 5v14M6 12h12'),
    run: (editor) => chain(editor).toggleHeading({ level: 2 }).run(),
    active: (editor) => editor.isActive('heading', { level: 2 }),
  },
  {
    name: 'Subheading',
    icon: icon('M7 9v10M16 9v10M7 14h9'),
    run: (editor) => chain(editor).toggleHeading({ level: 3 }).run(),
    active: (editor) => editor.isActive('heading', { level: 3 }),
  },
  {
    name: 'Bold',
    icon: icon('M7 5h6a3.5 3.5 0 0 1 0 7H7zM7 12h7a3.5 3.5 0 0 1 0 7H7z'),
    run: (editor) => chain(editor).toggleBold().run(),
    active: (editor) => editor.isActive('bold'),
  },
  {
    name: 'Italic',
    icon: icon('M10 5h8M6 19h8M14.5 5l-5 14'),
    run: (editor) => chain(editor).toggleItalic().run(),
    active: (editor) => editor.isActive('italic'),
  },
  {
    name: 'Bulleted list',
    icon: icon('M9 6h11M9 12h11M9 18h11M4.5 6h.01M4.5 12h.01M4.5 18h.01'),
    run: (editor) => chain(editor).toggleBulletList().run(),
    active: (editor) => editor.isActive('bulletList'),
  },
  {
    name: 'Numbered list',
    icon: icon(
      'M10 6h10M10 12h10M10 18h10M4 4.5l1.5-.5v4M4 16.5c0-2 2.5-2 2.5-.5 0 1-2.5 2-2.5 3h2.5',
    ),
    run: (editor) => chain(editor).toggleOrderedList().run(),
    active: (editor) => editor.isActive('orderedList'),
  },
  {
    name: 'Quote',
    icon: icon('M5 5v14M10 7h10M10 12h10M10 17h6'),
    run: (editor) => chain(editor).toggleBlockquote().run(),
    active: (editor) => editor.isActive('blockquote'),
  },
];

export function renderToolbar(root: HTMLElement, editor: Editor, actions: ToolbarActions): void {
  const onFiles = (event: Event) => {
    const input = event.target as HTMLInputElement;
    actions.import([...(input.files ?? [])]);
    input.value = '';
  };
  const pick = () => root.querySelector<HTMLInputElement>('input[type=file]')?.click();
  render(
    html`<div class="format" role="toolbar" aria-label="Formatting" @keydown=${onArrow}>
        ${tools.map((tool, at) => button(tool, editor, at))}
      </div>
      <div class="file">
        <input type="file" accept=${accepted} hidden @change=${onFiles} />
        <button @click=${pick}>Import</button>
        <button @click=${actions.create}>New</button>
      </div>`,
    root,
  );
}

/** A tool that can do nothing keeps its place in the row for the keyboard, as APG advises. */
function button({ name, icon, run, active, can }: Tool, editor: Editor, at: number) {
  const dead = can ? !can(editor) : false;
  return html`<button
    title=${name}
    aria-label=${name}
    aria-pressed=${active ? String(active(editor)) : nothing}
    aria-disabled=${String(dead)}
    tabindex=${at === 0 ? 0 : -1}
    @mousedown=${(event: Event) => event.preventDefault()}
    @click=${() => dead || run(editor)}
  >
    <svg viewBox="0 0 24 24" aria-hidden="true">${icon}</svg>
  </button>`;
}

/** One stop of the Tab key; arrows go along the row. */
function onArrow(event: KeyboardEvent): void {
  const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  const row = event.currentTarget as HTMLElement;
  const buttons = [...row.querySelectorAll('button')];
  const from = buttons.indexOf(event.target as HTMLButtonElement);
  if (step === undefined || from < 0) return;
  event.preventDefault();
  const to = buttons[(from + step + buttons.length) % buttons.length];
  for (const each of buttons) each.tabIndex = each === to ? 0 : -1;
  to?.focus();
}
