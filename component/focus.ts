/** Who had the focus before a card took it. */
export class FocusBefore {
  #element: HTMLElement | null = null;

  remember(): void {
    const active = document.activeElement;
    this.#element = active instanceof HTMLElement && active !== document.body ? active : null;
  }

  /**
   * Gives the focus to the first that is there: the element's own button, who had it before, the text.
   * Nothing when the page has put it elsewhere already.
   */
  giveBack(host: Element, button: HTMLElement | null, text: HTMLElement | null): void {
    if (document.activeElement !== document.body && document.activeElement !== host) return;
    (button ?? this.#element ?? text)?.focus();
  }
}
