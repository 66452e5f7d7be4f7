import { columns, lines } from './charts.js';
import { figure } from './figure.js';
import type { Overview } from './overview.js';
import { clock, count, percent, reason, seconds, span } from './words.js';

/** Charts of what this instance did since it started. */
export function trafficFigures(overview: Overview): HTMLElement[] {
  return [latency(overview), traffic(overview), withheld(overview), routes(overview)];
}

const MINUTES = 'The first minute is not over yet.';

function latency({ minutes, latency: { answer } }: Overview): HTMLElement {
  const names = minutes.map(({ at }) => clock(at));
  const quiet = minutes.every(({ p95 }) => p95 === null);
  return figure({
    title: 'Time of an answer',
    about: 'Requests for a suggestion in each of the last minutes, queue and cache included.',
    says: `Since the start the median is ${seconds(answer.p50)} and the 95th percentile ${seconds(answer.p95)}.`,
    empty: minutes.length === 0 ? MINUTES : quiet ? 'No requests in the last three hours.' : null,
    legend: [
      { name: 'median (p50)', look: 'first', line: true },
      { name: '95th percentile (p95)', look: 'second', line: true },
    ],
    table: {
      columns: ['Minute', 'p50', 'p95'],
      rows: minutes.map(({ at, p50, p95 }) => [clock(at), seconds(p50), seconds(p95)]),
    },
    draw: (width) =>
      lines(
        width,
        names,
        [
          { look: 'first', values: minutes.map(({ p50 }) => p50) },
          { look: 'second', values: minutes.map(({ p95 }) => p95) },
        ],
        { format: seconds },
      ),
  });
}

function traffic({ minutes }: Overview): HTMLElement {
  const requests = minutes.reduce((sum, minute) => sum + minute.requests, 0);
  const errors = minutes.reduce((sum, minute) => sum + minute.errors, 0);
  return figure({
    title: 'Traffic',
    about: 'Requests for a suggestion by the minute; refused are answers of 429 and 5xx.',
    says: `${count(requests)} requests in ${minutes.length} minutes, ${count(errors)} of them refused.`,
    empty: minutes.length === 0 ? MINUTES : null,
    legend: [
      { name: 'answered', look: 'good' },
      { name: 'refused', look: 'bad' },
    ],
    table: {
      columns: ['Minute', 'Requests', 'Refused'],
      rows: minutes.map((minute) => [
        clock(minute.at),
        count(minute.requests),
        count(minute.errors),
      ]),
    },
    draw: (width) =>
      columns(
        width,
        minutes.map((minute) => ({
          label: clock(minute.at),
          title: `${clock(minute.at)}: ${minute.requests} requests, ${minute.errors} refused`,
          parts: [
            { value: minute.requests - minute.errors, look: 'good' },
            { value: minute.errors, look: 'bad' },
          ],
        })),
        { format: count },
      ),
  });
}

function withheld({ outcomes, since, at }: Overview): HTMLElement {
  const all = outcomes.reduce((sum, outcome) => sum + outcome.count, 0);
  const held = outcomes.filter(({ name }) => name !== 'shown');
  const total = held.reduce((sum, outcome) => sum + outcome.count, 0);
  return figure({
    title: 'Withheld, by reason',
    about: `${percent(all === 0 ? null : total / all)} of the answers of this instance in ${span(since, at)}.`,
    says: held
      .map(({ name, count: times }) => `${reason(name)}: ${times}`)
      .join(', ')
      .concat('.'),
    empty: held.length === 0 ? 'No suggestion was withheld since the start.' : null,
    table: {
      columns: ['Reason', 'Answers', 'Share of all'],
      rows: held.map((each) => [reason(each.name), count(each.count), percent(each.count / all)]),
    },
    draw: (width) =>
      columns(
        width,
        held.map((each) => ({
          label: SHORT[each.name] ?? each.name,
          title: `${reason(each.name)}: ${each.count}`,
          parts: [{ value: each.count, look: 'middle' }],
          note: count(each.count),
        })),
        { format: count },
      ),
  });
}

/** Labels that fit below a column; the whole words stand in the table. */
const SHORT: { [reason: string]: string } = {
  empty: 'empty',
  too_short: 'short',
  unsupported_language: 'language',
  unsuitable_document: 'kind',
  low_confidence: 'unsure',
  not_grounded: 'not in text',
  unfinished: 'unfinished',
};

function routes({ routes: all }: Overview): HTMLElement {
  return figure({
    title: 'Routes',
    about: 'Since the start of this instance.',
    says: '',
    empty: all.length === 0 ? 'No requests yet.' : null,
    table: {
      columns: ['Route', 'Requests', 'Refused', 'p50', 'p95'],
      rows: all.map((each) => [
        `${each.method} ${each.route}`,
        count(each.count),
        count(each.errors),
        seconds(each.p50),
        seconds(each.p95),
      ]),
    },
  });
}
