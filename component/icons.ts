import { svg } from 'lit';

/** Lines of a document with a spark: a suggestion. */
export const suggestionIcon = svg`<svg viewBox="0 0 24 24" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round">
  <path d="M5 8h7M5 13h13M5 18h9"/>
  <path d="M18 2.5c.4 2.3 1.2 3.1 3.5 3.5-2.3.4-3.1 1.2-3.5 3.5-.4-2.3-1.2-3.1-3.5-3.5 2.3-.4 3.1-1.2 3.5-3.5z" fill="currentColor" stroke="none"/>
</svg>`;

export const closeIcon = svg`<svg viewBox="0 0 24 24" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round">
  <path d="M7 7l10 10M17 7L7 17"/>
</svg>`;

export const againIcon = svg`<svg viewBox="0 0 24 24" aria-hidden="true" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round">
  <path d="M19 12a7 7 0 1 1-2.1-5M19 3v4.5h-4.5"/>
</svg>`;
