/** Counts the seconds down and then acts. The seconds are not read out one by one. */
export class Countdown {
  readonly node = document.createElement('span');
  readonly #timer: ReturnType<typeof setInterval>;

  constructor(seconds: number, act: () => void) {
    const until = Date.now() + seconds * 1000;
    const tick = () => {
      const left = Math.ceil((until - Date.now()) / 1000);
      this.node.textContent = `It tries again by itself in ${words(left)}.`;
      if (left > 0) return;
      this.stop();
      act();
    };
    this.#timer = setInterval(tick, 500);
    tick();
  }

  stop(): void {
    clearInterval(this.#timer);
  }
}

function words(seconds: number): string {
  if (seconds >= 7200) return `${Math.round(seconds / 3600)} hours`;
  if (seconds >= 120) return `${Math.round(seconds / 60)} minutes`;
  return seconds === 1 ? '1 second' : `${Math.max(0, seconds)} seconds`;
}
