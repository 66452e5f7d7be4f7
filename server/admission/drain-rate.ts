/** Weight of the newest document in the running mean: the last twenty or so decide. */
const WEIGHT = 0.1;

/** How fast the model works off what waits for it, from the documents it has answered. */
export class DrainRate {
  #secondsPerToken: number | undefined;

  /** A document of so many tokens held its place at the model for so many seconds. */
  observe(tokens: number, seconds: number): void {
    const latest = seconds / tokens;
    const mean = this.#secondsPerToken ?? latest;
    this.#secondsPerToken = mean + WEIGHT * (latest - mean);
  }

  /** Seconds until so many tokens are worked off in so many places; undefined before the first answer. */
  secondsFor(tokens: number, places: number): number | undefined {
    return this.#secondsPerToken && (tokens * this.#secondsPerToken) / places;
  }
}
