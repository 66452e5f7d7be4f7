import { css } from 'lit';

/** Colours pass 4.5:1 on their grounds in both schemes; hosts may set each `--precis-*`. */
export const styles = css`
  :host {
    --_accent: var(--precis-accent, light-dark(#1a5fd0, #8ab4f8));
    --_on-accent: var(--precis-on-accent, light-dark(#fff, #0b1f44));
    --_surface: var(--precis-surface, light-dark(#fff, #23262b));
    --_text: var(--precis-text, light-dark(#1f2328, #e8eaed));
    --_quiet: var(--precis-quiet, light-dark(#57606a, #a9b0b8));
    --_line: var(--precis-line, light-dark(#d5dae1, #3d434b));
    --_wash: var(--precis-wash, light-dark(#eef4ff, #2a3850));
    display: block;
    position: relative;
    block-size: 40px;
    min-inline-size: 40px;
    font: 400 0.9375rem/1.5 var(--precis-font, system-ui, sans-serif);
    color: var(--_text);
    text-align: start;
  }
  :host([hidden]) {
    display: none;
  }
  *,
  *::before {
    box-sizing: border-box;
  }
  button,
  input,
  textarea {
    font: inherit;
    color: inherit;
  }
  button {
    border: 0;
    background: none;
    cursor: pointer;
  }
  :focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
  }
  svg {
    inline-size: 20px;
    block-size: 20px;
    flex: none;
  }
  .icon {
    display: grid;
    place-items: center;
    inline-size: 40px;
    block-size: 40px;
    padding: 0;
    border-radius: 50%;
    background: var(--_accent);
    color: var(--_on-accent);
    box-shadow: 0 1px 2px rgb(0 0 0 / 0.2);
    animation: appear 160ms ease-out;
  }
  .icon:hover {
    box-shadow: 0 2px 6px rgb(0 0 0 / 0.3);
  }
  .offer {
    display: inline-flex;
    align-items: center;
    gap: 8px;
    block-size: 36px;
    margin-block: 2px;
    padding-inline: 12px 16px;
    border-radius: 18px;
    border: 1px solid var(--_line);
    background: var(--_surface);
    color: var(--_accent);
    font-weight: 500;
    white-space: nowrap;
    animation: appear 160ms ease-out;
  }
  .offer:hover {
    background: var(--_wash);
  }
  .card {
    position: absolute;
    z-index: 20;
    inset-block-start: calc(100% + 8px);
    inset-inline-start: 0;
    inline-size: min(360px, calc(100vw - 32px));
    padding: 14px 18px 18px;
    border: 1px solid var(--_line);
    border-radius: 12px;
    background: var(--_surface);
    box-shadow: 0 8px 28px rgb(0 0 0 / 0.16);
    animation: appear 160ms ease-out;
  }
  .card:focus {
    outline: none;
  }
  .card:focus-visible {
    outline: 2px solid var(--_accent);
  }
  header {
    display: flex;
    align-items: center;
    justify-content: space-between;
    margin-block-end: 4px;
  }
  h2 {
    margin: 0;
    font-size: 0.8125rem;
    font-weight: 600;
    color: var(--_quiet);
  }
  .close {
    display: grid;
    place-items: center;
    inline-size: 32px;
    block-size: 32px;
    margin-inline-end: -8px;
    padding: 0;
    border-radius: 50%;
    color: var(--_quiet);
  }
  .close:hover {
    background: var(--_wash);
  }
  p {
    margin: 0 0 12px;
  }
  .text {
    font-size: 1.0625rem;
    line-height: 1.5;
    overflow-wrap: anywhere;
  }
  .quiet {
    color: var(--_quiet);
    font-size: 0.8125rem;
  }
  .passages {
    margin: 0 0 16px;
    padding: 0;
    list-style: none;
    border-inline-start: 2px solid var(--_line);
  }
  .passages button {
    display: block;
    inline-size: 100%;
    min-block-size: 28px;
    padding: 3px 10px;
    border-radius: 0 6px 6px 0;
    color: var(--_quiet);
    font-size: 0.8125rem;
    text-align: start;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .passages button:hover {
    background: var(--_wash);
    color: var(--_text);
  }
  .actions {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }
  .actions button {
    min-block-size: 36px;
    padding-inline: 15px;
    border-radius: 18px;
    border: 1px solid var(--_line);
    font-weight: 500;
  }
  .actions button:hover {
    background: var(--_wash);
  }
  .actions .primary {
    border-color: var(--_accent);
    background: var(--_accent);
    color: var(--_on-accent);
  }
  .actions button.primary:hover {
    background: var(--_accent);
    filter: brightness(1.08);
  }
  .actions .plain {
    border-color: transparent;
    color: var(--_quiet);
  }
  textarea,
  input {
    display: block;
    inline-size: 100%;
    margin-block-end: 12px;
    padding: 8px 10px;
    border: 1px solid var(--_quiet);
    border-radius: 8px;
    background: transparent;
  }
  textarea {
    min-block-size: 6.5em;
    resize: vertical;
    font-size: 1.0625rem;
  }
  .status {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  @keyframes appear {
    from {
      opacity: 0;
      transform: scale(0.92);
    }
  }
  @media (max-width: 640px) {
    .card {
      position: fixed;
      inset: auto 0 0;
      inline-size: auto;
      max-block-size: 55vh;
      overflow: auto;
      border-radius: 16px 16px 0 0;
      border-width: 1px 0 0;
      padding-block-end: max(20px, env(safe-area-inset-bottom));
    }
  }
  @media (prefers-reduced-motion: reduce) {
    * {
      animation: none !important;
    }
  }
`;
