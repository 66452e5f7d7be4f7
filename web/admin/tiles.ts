import { html } from './element.js';
import type { Overview } from './overview.js';
import { count, percent, seconds } from './words.js';

/** The few figures to look at first. */
export function tiles({ feedback, latency, minutes, now, cache }: Overview): HTMLElement {
  const total = feedback?.total;
  const answered = total ? total.accepted + total.edited + total.dismissed : 0;
  const hour = minutes.slice(-60).reduce((sum, { requests }) => sum + requests, 0);
  const looked = cache.reduce((sum, each) => sum + each.count, 0);
  const hits = cache.find(({ name }) => name === 'hit')?.count ?? 0;
  const all: [name: string, value: string, note: string][] = [
    ['Acceptance', percent(total?.acceptance ?? null), `of ${count(answered)} with feedback`],
    [
      'Suggestions shown',
      total ? count(total.shown) : '–',
      feedback ? `in ${feedback.days} days` : '',
    ],
    ['Median answer', seconds(latency.answer.p50), `95 % within ${seconds(latency.answer.p95)}`],
    ['Requests', count(hour), 'for suggestions in the last hour'],
    ['Waiting now', count(now.waiting), `${count(now.running)} at the model`],
    ['From the cache', percent(looked === 0 ? null : hits / looked), `of ${count(looked)} answers`],
  ];
  const entries = all.map(([name, value, note]) =>
    html('div', {}, html('dt', {}, name), html('dd', {}, value), html('dd', {}, note)),
  );
  return html('dl', { className: 'tiles' }, ...entries);
}
