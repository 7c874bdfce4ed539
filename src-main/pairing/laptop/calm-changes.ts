import type { Timer } from '../../ports/timer.ts';

/** The shortest time between two signals, in ms. Quicker than a person reads. */
const betweenMs = 250;

/**
 * Passes on that something changed: at once, and then at most every {@link betweenMs}. Each piece of data in a tunnel changes what is
 * shown, and a flood of them must not keep the main process busy.
 */
export class CalmChanges {
  readonly #notify: () => void;
  readonly #timer: Timer;
  #isWaiting = false;
  #isDue = false;
  #cancel: () => void = () => {};

  constructor(notify: () => void, timer: Timer) {
    this.#notify = notify;
    this.#timer = timer;
  }

  readonly changed = (): void => {
    if (this.#isWaiting) {
      this.#isDue = true;
      return;
    }
    this.#isWaiting = true;
    this.#cancel = this.#timer.schedule(betweenMs, () => {
      this.#isWaiting = false;
      const isDue = this.#isDue;
      this.#isDue = false;
      if (isDue) this.changed();
    });
    this.#notify();
  };

  stop(): void {
    this.#cancel();
  }
}
