import { confidenceWords } from '../../component/confidence.js';
import type { Conflict, Problem, Reason, Source, Standing, Suggestion } from '../contract.js';
import { actions, button, element, paragraph, title } from './element.js';
import { conflictWords, problemWords, reasonWords } from './words.js';

/** What the writer may do; each state offers some of it. */
export interface Deeds {
  check(): void;
  accept(text: string, despite: Conflict[]): void;
  edit(): void;
  back(): void;
  dismiss(): void;
  show(source: Source): void;
  remove(): void;
  settings(): void;
}

/** @param stop what ends the waiting; null where a change of the document is under way. */
export function working(text: string, stop: (() => void) | null): Node[] {
  const bar = element('div', { className: 'bar' });
  return [title(text), bar, ...(stop ? [actions(button('Stop', stop))] : [])];
}

export function suggested({ text, confidence, sources, truncated }: Suggestion, deeds: Deeds) {
  const card = element(
    'div',
    { className: 'card' },
    paragraph(text, 'text'),
    paragraph(confidenceWords(confidence), 'soft'),
    truncated ? paragraph('Written from the first part: the document is long.', 'soft') : null,
  );
  return [
    title('Suggested summary'),
    card,
    actions(
      button('Accept', () => deeds.accept(text, []), 'main'),
      button('Edit', deeds.edit),
      button('Dismiss', deeds.dismiss),
    ),
    ...sourceList(sources, deeds),
  ];
}

function sourceList(sources: Source[], deeds: Deeds): Node[] {
  if (sources.length === 0) return [];
  const heading = sources.length === 1 ? 'Where it comes from' : 'Where it comes from, in order';
  const items = sources.map((source) => {
    const words = element('span', {}, source.text.replace(/\\(?=[^\w\s])/g, ''));
    const made = element('button', { type: 'button', className: 'source' }, words);
    made.title = 'Show in the document';
    made.onclick = () => deeds.show(source);
    return made;
  });
  return [element('h3', {}, heading), ...items];
}

export function editing(text: string, deeds: Deeds): Node[] {
  const area = element('textarea', { id: 'own', value: text, maxLength: 2000 });
  const form = element(
    'form',
    {},
    element('label', { htmlFor: 'own' }, 'Your version'),
    area,
    actions(
      element('button', { type: 'submit', className: 'main' }, 'Insert'),
      button('Back', deeds.back),
    ),
  );
  form.onsubmit = (event) => {
    event.preventDefault();
    const own = area.value.trim().replace(/\s+/g, ' ');
    if (own) deeds.accept(own, []);
    else area.focus();
  };
  return [title('Edit the summary'), form];
}

export function inserted({ text, edited, stale }: Standing, deeds: Deeds): Node[] {
  const card = element('div', { className: 'card' }, paragraph(text, 'text'));
  const note = stale
    ? 'The document has changed since. A new summary may fit better.'
    : edited
      ? 'It stands at the top of the document, with your edits.'
      : 'It stands at the top of the document. Undo takes it back.';
  return [
    title('Summary of this document'),
    card,
    paragraph(note, 'soft'),
    actions(
      button('Check for a new summary', deeds.check, stale ? 'main' : ''),
      button('Remove', deeds.remove),
    ),
  ];
}

export function withheld(reason: Reason, documentType: string | null, deeds: Deeds): Node[] {
  const details = element(
    'details',
    {},
    element('summary', {}, 'Why?'),
    paragraph(reasonWords(reason, documentType), 'soft'),
  );
  return [title('No suggestion for now'), details, actions(button('Check again', deeds.check))];
}

/** After a dismissal, after stopping, or when a summary was taken out. */
export function idle(text: string, deeds: Deeds): Node[] {
  return [title(text), actions(button('Suggest a summary', deeds.check, 'main'))];
}

export function conflict(kind: Conflict, go: () => void, deeds: Deeds): Node[] {
  const words = conflictWords[kind];
  const notice = element('div', { className: 'notice' }, title(words.title), paragraph(words.text));
  return [
    notice,
    actions(
      kind === 'document_changed' ? button('Check again', deeds.check, 'main') : null,
      button(words.go, go),
      kind === 'document_changed' ? null : button('Keep it', deeds.back, 'main'),
    ),
  ];
}

/** @param again what to do once more. @param left text of the wait, if there is one. */
export function failed(problem: Problem, again: () => void, deeds: Deeds, left?: Node): Node[] {
  const { title: heading, text } = problemWords(problem);
  const { requestId } = problem;
  const settings = ['key', 'scope', 'not_precis', 'unreachable', 'bad_address'];
  return [
    element(
      'div',
      { className: 'notice' },
      title(heading),
      paragraph(text),
      left ? element('p', {}, left) : null,
      requestId ? paragraph(`For the operator: request ${requestId}`, 'soft') : null,
    ),
    actions(
      button('Try again', again, 'main'),
      settings.includes(problem.code) ? button('Settings', deeds.settings) : null,
    ),
  ];
}
