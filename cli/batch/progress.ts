import { paintFor } from '../colour.js';
import type { Done } from './work.js';

/** Milliseconds between two lines: on a terminal they replace each other, in a log they pile up. */
const ON_TERMINAL = 200;
const IN_LOG = 30_000;
/** Columns of the bar, and of the percentage behind it. */
const LONGEST = 24;
const SHORTEST = 8;
const PERCENT = ' 100 % '.length;

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
    const what = [count(shown, 'suggestion'), `${withheld} withheld`, count(failed, 'error')];
    return `${count(this.all, 'document')} in ${seconds} s: ${what.join(', ')}${taken}.\n`;
  }

  private show(): void {
    const { shown, withheld, failed, earlier } = this.counts;
    const seconds = (performance.now() - this.began) / 1000;
    const rate = (this.all - earlier) / seconds;
    const share = this.share();
    const left = share ? (seconds * (1 - share)) / share : undefined;
    const pace = [
      `${rate < 10 ? rate.toFixed(1) : Math.round(rate)}/s`,
      ...(left === undefined ? [] : [`${duration(left)} left`]),
    ];
    const outcomes = `${shown} shown, ${withheld} withheld, ${failed} failed`;
    const all = [`${this.all} documents`, ...pace, outcomes];
    if (!this.terminal) process.stderr.write(`${all.join(', ')}\n`);
    else {
      // One column stays free: a full line would move some terminals on to the next.
      const width = (process.stderr.columns || 80) - 1;
      const line = progressLine([all, [...pace, outcomes], pace], share, width);
      process.stderr.write(`\r\x1b[K${line}`);
    }
  }
}

/** The bar, and the first list of parts that leaves room for it in so many columns. */
function progressLine(choices: string[][], share: number | undefined, width: number): string {
  const texts = choices.map((parts) => parts.join(' · '));
  for (const text of texts) {
    const room = width - text.length - PERCENT;
    if (share === undefined ? text.length <= width : room >= SHORTEST) {
      return share === undefined ? text : bar(share, Math.min(LONGEST, room)) + text;
    }
  }
  return (texts.at(-1) as string).slice(0, width);
}

function bar(share: number, width: number): string {
  const paint = paintFor(process.stderr);
  const full = Math.round(share * width);
  const percent = `${Math.floor(share * 100)}`.padStart(3);
  return `${paint.green('█'.repeat(full))}${paint.dim('░'.repeat(width - full))} ${percent} % `;
}

const count = (n: number, what: string) => `${n} ${what}${n === 1 ? '' : 's'}`;

export function duration(seconds: number): string {
  if (seconds < 60) return `${Math.ceil(seconds)} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
  return `${Math.floor(seconds / 3600)} h ${Math.round((seconds % 3600) / 60)} min`;
}
