/** Weight of the newest job in the running mean: about the last twenty count. */
const NEWEST = 0.1;

/** How fast threads have been lately. */
export class Pace {
  private tokens = 0;
  private seconds = 0;

  /** A job of `tokens` ids kept one thread busy for `seconds`. */
  add(tokens: number, seconds: number): void {
    const first = this.seconds === 0;
    this.tokens = first ? tokens : this.tokens * (1 - NEWEST) + tokens * NEWEST;
    this.seconds = first ? seconds : this.seconds * (1 - NEWEST) + seconds * NEWEST;
  }

  /** Ids a second of one thread; null before the first job is done. */
  get tokensPerSecond(): number | null {
    return this.seconds > 0 ? this.tokens / this.seconds : null;
  }
}
