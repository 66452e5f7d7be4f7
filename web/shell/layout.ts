import { html, render } from 'lit';
import type { PrecisSuggestion } from '../../component/element.js';

/** Places of the page; each is filled by its own module. */
export interface Places {
  toolbar: HTMLElement;
  sidebar: HTMLElement;
  sheet: HTMLElement;
  notice: HTMLElement;
  drop: HTMLElement;
  suggestion: PrecisSuggestion;
}

export function layout(root: HTMLElement): Places {
  render(
    html`<header class="bar">
        <a class="brand" href="./" aria-label="Precis, newest document">
          <svg viewBox="0 0 32 32" aria-hidden="true">
            <rect width="32" height="32" rx="8" />
            <path d="M9 10h14M9 16h14M9 22h8" />
          </svg>
          <span>Precis</span>
        </a>
        <div class="tools"></div>
      </header>
      <aside class="side" aria-label="Document"></aside>
      <main>
        <div class="notice" role="status"></div>
        <article class="paper">
          <div class="suggestion-place"><precis-suggestion></precis-suggestion></div>
          <div class="sheet"></div>
        </article>
      </main>
      <div class="drop" hidden><p>Drop the file to open it</p></div>`,
    root,
  );
  const find = <T extends HTMLElement>(selector: string) => root.querySelector(selector) as T;
  return {
    toolbar: find('.tools'),
    sidebar: find('.side'),
    sheet: find('.sheet'),
    notice: find('.notice'),
    drop: find('.drop'),
    suggestion: find<PrecisSuggestion>('precis-suggestion'),
  };
}
