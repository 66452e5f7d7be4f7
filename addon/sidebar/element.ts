import { element } from '../../component/dom.js';

export { element };

/** Heading of a state; takes the focus when the state comes up. */
export const title = (text: string) => element('h2', { tabIndex: -1 }, text);

export const paragraph = (text: string, className = '') => element('p', { className }, text);

export function button(text: string, run: () => void, className = ''): HTMLButtonElement {
  return element('button', { type: 'button', className, onclick: run }, text);
}

export const actions = (...buttons: (Node | null)[]) =>
  element('div', { className: 'actions' }, ...buttons);
