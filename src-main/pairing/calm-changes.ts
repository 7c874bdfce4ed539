import type { Timer } from '../ports/timer.ts';

/** The usual shortest time between two signals, in ms. No person reads faster. */
const usualMs = 250;

/**
 * Passes on that something changed: at once, and then at most every `betweenMs`. Each piece of data in a tunnel changes what is
 * shown, and a flood of them must not keep the main process busy.
 */
export class CalmChanges {
  readonly #notify: () => void;
  readonly #timer: Timer;
  readonly #betweenMs: number;
  #isWaiting = false;
  #isDue = false;
  #cancel: () => void = () => {};

  constructor(notify: () => void, timer: Timer, betweenMs = usualMs) {
    this.#notify = notify;
    this.#timer = timer;
    this.#betweenMs = betweenMs;
  }

  readonly changed = (): void => {
    if (this.#isWaiting) {
      this.#isDue = true;
      return;
    }
    this.#isWaiting = true;
    this.#cancel = this.#timer.schedule(this.#betweenMs, () => {
      this.#isWaiting = false;
      const isDue = this.#isDue;
      this.#isDue = false;
      if (isDue) this.changed();
    });
    this.#notify();
  };

  /** Passes on nothing from now on. */
  stop(): void {
    this.#cancel();
  }

  /** Passes on a pending signal at once, and nothing after that. */
  finish(): void {
    this.stop();
    if (this.#isDue) this.#notify();
    this.#isDue = false;
  }
}
