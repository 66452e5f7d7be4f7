/** Something that waits; `cost` in ids the encoder will read. */
export interface Waiting {
  cost: number;
}

export interface QueueLimits {
  /** Jobs that may wait. */
  jobs: number;
  /** Ids that may wait. */
  tokens: number;
}

/** A cheap job may overtake a costly one this often; then the costly one's turn comes. */
const PATIENCE = 8;

/**
 * Bounded, the cheapest job first: a document of 200,000 words does not hold up a page, and pages do
 * not hold it up for ever.
 */
export class Queue<T extends Waiting> {
  private readonly entries: { task: T; overtaken: number }[] = [];
  private sum = 0;

  constructor(private readonly limits: QueueLimits) {}

  /** Jobs waiting. */
  get length(): number {
    return this.entries.length;
  }

  /** Ids waiting. */
  get tokens(): number {
    return this.sum;
  }

  /** The one admission rule: room for the job and for its ids; the first job always has room. */
  admits(cost: number): boolean {
    const { jobs, tokens } = this.limits;
    if (this.length >= jobs) return false;
    return this.length === 0 || this.sum + cost <= tokens;
  }

  push(task: T): void {
    this.entries.push({ task, overtaken: 0 });
    this.sum += task.cost;
  }

  /** Puts a job back that was taken: it is the next one. */
  return(task: T): void {
    this.entries.unshift({ task, overtaken: PATIENCE });
    this.sum += task.cost;
  }

  /** Takes the job whose turn it is. */
  shift(): T | undefined {
    let best = this.entries.findIndex(({ overtaken }) => overtaken >= PATIENCE);
    if (best < 0) {
      const cheapest = Math.min(...this.entries.map(({ task }) => task.cost));
      best = this.entries.findIndex(({ task }) => task.cost === cheapest);
    }
    for (const entry of this.entries.slice(0, best)) entry.overtaken++;
    const [taken] = best < 0 ? [] : this.entries.splice(best, 1);
    if (taken) this.sum -= taken.task.cost;
    return taken?.task;
  }

  /** Takes a job out of its turn. @returns whether it was waiting. */
  remove(task: T): boolean {
    const at = this.entries.findIndex((entry) => entry.task === task);
    if (at < 0) return false;
    this.entries.splice(at, 1);
    this.sum -= task.cost;
    return true;
  }
}
