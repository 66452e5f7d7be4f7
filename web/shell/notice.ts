import { html, nothing, render } from 'lit';

export interface Notice {
  text: string;
  kind: 'problem' | 'busy';
}

export function renderNotice(root: HTMLElement, notice: Notice | null, dismiss: () => void): void {
  render(
    notice
      ? html`<p>${notice.text}</p>
          ${notice.kind === 'busy' ? nothing : html`<button @click=${dismiss}>OK</button>`}`
      : nothing,
    root,
  );
}
