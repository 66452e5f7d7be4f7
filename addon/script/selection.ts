import type { ShowReply, Source } from '../contract.js';
import { locate } from './markdown.js';
import { activeTab, read } from './tab.js';

/** Selects a passage in the document, which scrolls to it. */
export function showSource(source: Source & { fingerprint: string }): ShowReply {
  const active = activeTab();
  const { rendered, places, fingerprint } = read(active).reading;
  // In a document that changed since, the passage stands where its words do.
  const start =
    fingerprint === source.fingerprint ? source.start : rendered.text.indexOf(source.text);
  const spots = start < 0 ? [] : locate(rendered, start, start + source.end - source.start);
  if (spots.length === 0) return { state: 'gone' };
  const range = active.tab.newRange();
  for (const { place, from, to } of spots) {
    const text = places[place];
    if (text) range.addElement(text, from, to - 1);
  }
  active.document.setSelection(range.build());
  return { state: 'shown' };
}
