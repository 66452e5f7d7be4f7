import { html } from './element.js';
import { feedbackFigures } from './feedback.js';
import { type Overview, Refused, readOverview } from './overview.js';
import { tiles } from './tiles.js';
import { trafficFigures } from './traffic.js';
import { clock, span } from './words.js';

/** As often as the service computes the feedback report anew. */
const POLL_MILLISECONDS = 10_000;
const KEY = 'precis-admin-key';

const find = <T extends HTMLElement>(id: string) => document.getElementById(id) as T;
const page = find('page');
const door = find<HTMLFormElement>('door');
const field = find<HTMLInputElement>('key');
const refusal = find('refusal');
const notice = find('notice');
const state = find('state');
const range = find<HTMLSelectElement>('days');

let timer: ReturnType<typeof setTimeout> | undefined;
let last: Overview | undefined;
/** Counts requests: an answer for other days than those chosen since is dropped. */
let turn = 0;

async function poll(): Promise<void> {
  clearTimeout(timer);
  const mine = ++turn;
  const key = sessionStorage.getItem(KEY);
  try {
    const overview = await readOverview(key, Number(range.value));
    if (mine !== turn) return;
    last = overview;
    door.hidden = true;
    notice.hidden = true;
    show(overview);
  } catch (error) {
    if (mine !== turn) return;
    if (error instanceof Refused) return ask(key === null ? '' : error.message);
    // What is on the page stays: old figures are better than none.
    const since = last ? ` These figures are of ${clock(last.at)}.` : '';
    const words = `${(error as Error).message}${since} It is asked again by itself.`;
    if (notice.textContent !== words) notice.textContent = words;
    notice.hidden = false;
  }
  timer = setTimeout(poll, POLL_MILLISECONDS);
}

function ask(problem: string): void {
  sessionStorage.removeItem(KEY);
  page.replaceChildren();
  state.textContent = '';
  last = undefined;
  notice.hidden = true;
  door.hidden = false;
  refusal.textContent = problem;
  field.value = '';
  field.focus();
}

function show(overview: Overview): void {
  const { model, since, at } = overview;
  const names = { ready: 'Ready', loading: 'Loading the model', draining: 'Shutting down' };
  const parts = [names[overview.state], model && `${model.name} ${model.version}`];
  state.textContent = [...parts, `up ${span(since, at)}`, `as of ${clock(at)}`]
    .filter(Boolean)
    .join(' · ');
  const open = titles(':scope details[open]');
  const focused = document.activeElement?.closest('figure')?.querySelector('h2')?.textContent;
  const what = document.activeElement?.tagName.toLowerCase();
  const scrolled = new Map(
    [...page.querySelectorAll('.scroll')].map((each) => [each.ariaLabel, each.scrollTop]),
  );
  const figures = [...feedbackFigures(overview.feedback), ...trafficFigures(overview)];
  page.replaceChildren(tiles(overview), html('div', { className: 'charts' }, ...figures));
  // An open table stays open where it was, and the focus stays where it was.
  for (const made of page.querySelectorAll('figure')) {
    const title = made.querySelector('h2')?.textContent ?? '';
    const details = made.querySelector('details');
    if (details && open.has(title)) details.open = true;
    for (const each of made.querySelectorAll('.scroll')) {
      each.scrollTop = scrolled.get(each.ariaLabel) ?? 0;
    }
    if (focused === title && what)
      made.querySelector<HTMLElement>(what === 'div' ? '.scroll' : what)?.focus();
  }
}

function titles(selector: string): Set<string> {
  const found = page.querySelectorAll(selector);
  return new Set(
    [...found].map((each) => each.closest('figure')?.querySelector('h2')?.textContent ?? ''),
  );
}

door.addEventListener('submit', (event) => {
  event.preventDefault();
  sessionStorage.setItem(KEY, field.value.trim());
  void poll();
});
range.addEventListener('change', () => void poll());
document.addEventListener('visibilitychange', () => {
  // A page that nobody looks at asks nothing.
  if (document.hidden) clearTimeout(timer);
  else if (door.hidden) void poll();
});
void poll();
