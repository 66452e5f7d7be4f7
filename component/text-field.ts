import type { Document } from './suggester.js';

type TextField = HTMLTextAreaElement | HTMLInputElement;

export const isTextField = (element: unknown): element is TextField =>
  element instanceof HTMLTextAreaElement || element instanceof HTMLInputElement;

/** What stands in the field; line ends are \n there, so that offsets are the field's own. */
export const textFieldDocument =
  (field: TextField): (() => Document) =>
  () => ({ text: field.value, format: 'plain' });
