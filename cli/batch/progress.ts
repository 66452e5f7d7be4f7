import { paintFor } from '../colour.js';
import type { Done } from './work.js';

/** Milliseconds between two lines: on a terminal they replace each other, in a log they pile up. */
const ON_TERMINAL = 200;
const IN_LOG = 30_000;
const WIDTH = 24;

export interface Counts {
  shown: number;
  withheld: number;
  failed: number;
  /** Of these, taken over from an earlier run. */
  earlier: number;
}

/** Tells on standard error how far a run has come. */
export class Progress {
  readonly counts: Counts = { shown: 0, withheld: 0, failed: 0, earlier: 0 };
  private readonly began = performance.now();
  private readonly terminal = process.stderr.isTTY === true;
  private readonly timer: NodeJS.Timeout | undefined;

  constructor(
    /** Share of the input that was read, when known. */
    private readonly share: () => number | undefined,
    quiet: boolean,
  ) {
    if (quiet) return;
    const every = this.terminal ? ON_TERMINAL : IN_LOG;
    this.timer = setInterval(() => this.show(), every).unref();
  }

  get all(): number {
    return this.counts.shown + this.counts.withheld + this.counts.failed;
  }

  add({ outcome, earlier }: Done): void {
    this.counts[outcome]++;
    if (earlier) this.counts.earlier++;
  }

  /** Stops, and clears the line. */
  stop(): void {
    clearInterval(this.timer);
    if (this.terminal && this.timer) process.stderr.write('\r\x1b[K');
  }

  /** One line about the whole run. */
  summary(): string {
    const { shown, withheld, failed, earlier } = this.counts;
    const seconds = ((performance.now() - this.began) / 1000).toFixed(1);
    const taken = earlier > 0 ? ` (${earlier} taken over from an earlier run)` : '';
    return `${this.all} documents in ${seconds} s: ${shown} suggestions, ${withheld} withheld, ${failed} errors${taken}.\n`;
  }

  private show(): void {
    const { shown, withheld, failed, earlier } = this.counts;
    const seconds = (performance.now() - this.began) / 1000;
    const rate = (this.all - earlier) / seconds;
    const share = this.share();
    const left = share ? (seconds * (1 - share)) / share : undefined;
    const parts = [
      `${this.all} documents`,
      `${rate < 10 ? rate.toFixed(1) : Math.round(rate)}/s`,
      ...(left === undefined ? [] : [`${duration(left)} left`]),
      `${shown} shown, ${withheld} withheld, ${failed} failed`,
    ];
    if (!this.terminal) process.stderr.write(`${parts.join(', ')}\n`);
    else process.stderr.write(`\r\x1b[K${this.bar(share)}${parts.join(' · ')}`);
  }

  private bar(share: number | undefined): string {
    if (share === undefined) return '';
    const paint = paintFor(process.stderr);
    const full = Math.round(share * WIDTH);
    const percent = `${Math.floor(share * 100)}`.padStart(3);
    return `${paint.green('█'.repeat(full))}${paint.dim('░'.repeat(WIDTH - full))} ${percent} % `;
  }
}

export function duration(seconds: number): string {
  if (seconds < 60) return `${Math.ceil(seconds)} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
  return `${Math.floor(seconds / 3600)} h ${Math.round((seconds % 3600) / 60)} min`;
}
