type Child = Node | string | null;

/** A new element. Texts are set as texts: nothing in a document can become markup. */
export function element<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  properties: Partial<HTMLElementTagNameMap[K]> = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const made = Object.assign(document.createElement(tag), properties);
  made.append(...children.filter((child) => child !== null));
  return made;
}

/** Heading of a state; takes the focus when the state comes up. */
export const title = (text: string) => element('h2', { tabIndex: -1 }, text);

export const paragraph = (text: string, className = '') => element('p', { className }, text);

export function button(text: string, run: () => void, className = ''): HTMLButtonElement {
  return element('button', { type: 'button', className, onclick: run }, text);
}

export const actions = (...buttons: (Node | null)[]) =>
  element('div', { className: 'actions' }, ...buttons);
