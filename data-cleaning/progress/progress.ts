import { duration } from '../../cli/batch/progress.js';
import { paintFor } from '../../cli/colour.js';

/** Milliseconds between two lines: on a terminal they replace each other, in a log they pile up. */
const ON_TERMINAL = 200;
const IN_LOG = 30_000;
const WIDTH = 24;

export interface Screen {
  isTTY?: boolean;
  write(text: string): unknown;
}

/** Tells how far a step of a run has come: a bar on a terminal, a line now and then elsewhere. */
export class Progress {
  private began = performance.now();
  private step = '';
  private total = 0;
  private done = 0;
  private rows = 0;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly screen: Screen = process.stderr,
    private readonly quiet = false,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** Begins a step whose whole is `total`, in any unit. */
  begin(step: string, total: number): void {
    this.end();
    Object.assign(this, { step, total, done: 0, rows: 0, began: this.now() });
    if (this.quiet) return;
    const every = this.screen.isTTY ? ON_TERMINAL : IN_LOG;
    this.timer = setInterval(() => this.show(), every).unref();
  }

  add(done: number, rows: number): void {
    this.done += done;
    this.rows += rows;
  }

  /** A line that stays. */
  say(line: string): void {
    if (this.quiet) return;
    this.screen.write(this.screen.isTTY ? `\r\x1b[K${line}\n` : `${line}\n`);
  }

  /** Ends the step, and clears its line. */
  end(): void {
    clearInterval(this.timer);
    if (this.screen.isTTY && this.timer) this.screen.write('\r\x1b[K');
    this.timer = undefined;
  }

  show(): void {
    const line = this.line();
    if (this.screen.isTTY) this.screen.write(`\r\x1b[K${this.bar()}${line}`);
    else this.screen.write(`${line}\n`);
  }

  private get share(): number {
    return this.total > 0 ? Math.min(1, this.done / this.total) : 0;
  }

  private line(): string {
    const seconds = (this.now() - this.began) / 1000;
    const rate = this.rows / Math.max(seconds, 0.001);
    const left = this.share > 0 ? (seconds * (1 - this.share)) / this.share : undefined;
    const percent = `${Math.floor(100 * this.share)} %`;
    const parts = [
      ...(this.screen.isTTY ? [this.step] : [`${this.step}: ${percent}`]),
      `${this.rows.toLocaleString('en')} rows`,
      `${rate < 10 ? rate.toFixed(1) : Math.round(rate)}/s`,
      ...(left === undefined ? [] : [`${duration(left)} left`]),
    ];
    return parts.join(this.screen.isTTY ? ' · ' : ', ');
  }

  private bar(): string {
    const paint = paintFor(process.stderr);
    const full = Math.round(this.share * WIDTH);
    const percent = `${Math.floor(100 * this.share)}`.padStart(3);
    return `${paint.green('█'.repeat(full))}${paint.dim('░'.repeat(WIDTH - full))} ${percent} % `;
  }
}
