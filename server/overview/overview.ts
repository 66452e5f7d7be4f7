import type { z } from 'zod';
import type { Admission } from '../admission/admission.js';
import type { Feedback } from '../feedback/feedback.js';
import type { Report } from '../feedback/report.js';
import type { Metrics } from '../metrics.js';
import type { adminOverview } from '../schemas/admin.js';
import type { Service } from '../service.js';
import { distribution, quantile, total, type Values } from './histogram.js';
import { History } from './history.js';
import { isError, isSuggestion } from './series.js';

export type AdminOverview = z.infer<typeof adminOverview>;

export interface OverviewOptions {
  service: Service;
  metrics: Metrics;
  admission: Admission;
  feedback: Feedback;
}

/** The report reads every suggestion of its days: several open pages share one for so long. */
const REPORT_MILLISECONDS = 10_000;
const MOST_REPORTS = 8;

/** What the operator's page shows: the counters of `/metrics` and the feedback report. */
export class Overview {
  readonly history: History;
  readonly #since = new Date();
  readonly #reports = new Map<number, { at: number; report: Promise<Report | null> }>();

  constructor(private readonly options: OverviewOptions) {
    this.history = new History(options.metrics);
  }

  async read(days: number): Promise<AdminOverview> {
    const { service, metrics, admission } = this.options;
    const [request, model, queue, suggestions, refused, cache, feedback] = await Promise.all([
      metrics.request.get(),
      metrics.model.get(),
      metrics.queue.get(),
      metrics.suggestions.get(),
      metrics.refused.get(),
      metrics.cache.get(),
      this.#report(days),
    ]);
    const { current, draining } = service;
    const { name, version } = current?.info().model ?? {};
    return {
      at: new Date().toISOString(),
      since: this.#since.toISOString(),
      state: draining ? 'draining' : current ? 'ready' : 'loading',
      model: name !== undefined && version !== undefined ? { name, version } : null,
      now: admission.state,
      outcomes: counts(suggestions.values, 'outcome'),
      refused: counts(refused.values, 'code'),
      cache: counts(cache.values, 'result'),
      latency: {
        answer: latency(request.values, isSuggestion),
        queue: latency(queue.values),
        model: latency(model.values),
      },
      routes: routes(request.values),
      minutes: [...this.history.intervals],
      feedback,
    };
  }

  close(): void {
    this.history.close();
  }

  /** Null when the database does not answer: everything else can still be shown. */
  #report(days: number): Promise<Report | null> {
    const now = performance.now();
    const kept = this.#reports.get(days);
    if (kept && now - kept.at < REPORT_MILLISECONDS) return kept.report;
    const report = this.options.feedback.report(days).catch(() => null);
    this.#reports.delete(days);
    this.#reports.set(days, { at: now, report });
    const [oldest] = this.#reports.keys();
    if (this.#reports.size > MOST_REPORTS && oldest !== undefined) this.#reports.delete(oldest);
    return report;
  }
}

function latency(values: Values, wanted?: Parameters<typeof distribution>[1]) {
  const of = distribution(values, wanted);
  return { count: total(of), p50: quantile(of, 0.5), p95: quantile(of, 0.95) };
}

function counts(
  values: { labels: { [name: string]: string | number | undefined }; value: number }[],
  label: string,
): { name: string; count: number }[] {
  return values
    .map(({ labels, value }) => ({ name: String(labels[label]), count: value }))
    .sort((a, b) => b.count - a.count || a.name.localeCompare(b.name));
}

function routes(values: Values): AdminOverview['routes'] {
  const keys = new Map<string, { route: string; method: string }>();
  for (const { labels } of values) {
    const { route, method } = labels as { route?: string; method?: string };
    if (route === undefined || method === undefined) continue;
    keys.set(`${method} ${route}`, { route, method });
  }
  return [...keys.values()]
    .map(({ route, method }) => {
      const here = (labels: { [name: string]: string | number | undefined }) =>
        labels.route === route && labels.method === method;
      const errors = distribution(values, (labels) => here(labels) && isError(labels));
      return { route, method, errors: total(errors), ...latency(values, here) };
    })
    .sort((a, b) => b.count - a.count);
}
