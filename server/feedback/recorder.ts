import type { SuggestionRecord } from './records.js';

/** Suggestions of this long are recorded in one statement. */
const GATHER_MILLISECONDS = 100;
const RETRY_MILLISECONDS = 2000;
/** Some 5 MB: what is remembered while the database is away. */
const MOST = 10_000;

/** Records what was shown, beside the answers and not before them: a slow database delays nobody. */
export class Recorder {
  #waiting: SuggestionRecord[] = [];
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();

  constructor(
    private readonly write: (records: readonly SuggestionRecord[]) => Promise<void>,
    private readonly onLost: (count: number) => void,
  ) {}

  add(record: SuggestionRecord): void {
    this.#waiting.push(record);
    this.#dropOldest();
    this.#schedule(GATHER_MILLISECONDS);
  }

  /** Writes what is waiting. Never throws: what could not be written waits on. */
  flush(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#writing = this.#writing.then(async () => {
      const records = this.#waiting;
      if (records.length === 0) return;
      this.#waiting = [];
      try {
        await this.write(records);
      } catch {
        this.#waiting = [...records, ...this.#waiting];
        this.#dropOldest();
        this.#schedule(RETRY_MILLISECONDS);
      }
    });
    return this.#writing;
  }

  /** A last attempt; what cannot be written now is lost. */
  async close(): Promise<void> {
    await this.flush();
    clearTimeout(this.#timer);
    if (this.#waiting.length > 0) this.onLost(this.#waiting.length);
  }

  #schedule(milliseconds: number): void {
    this.#timer ??= setTimeout(() => void this.flush(), milliseconds);
  }

  #dropOldest(): void {
    const lost = this.#waiting.length - MOST;
    if (lost <= 0) return;
    this.#waiting.splice(0, lost);
    this.onLost(lost);
  }
}
