import type { Timer } from './ports/timer.ts';

/** The licenses are evaluated at least this often, so that the end of a day is noticed. */
const tickMs = 60_000;

/**
 * The one signal that something shown or evaluated may have changed: after each change, and once a minute. Listeners are called after a
 * change, not during it: an error in a listener must not stop a token on its way to the keychain. Changes in the same turn of the event
 * loop are signalled once.
 */
export class Changes {
  readonly #timer: Timer;
  readonly #listeners = new Set<() => void>();
  #isPending = false;
  #ticks = false;
  #cancelTick: () => void = () => {};

  constructor(timer: Timer) {
    this.#timer = timer;
  }

  /** Returns a function that ends the subscription. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Call after a change. */
  readonly notify = (): void => {
    if (this.#isPending) return;
    this.#isPending = true;
    queueMicrotask(() => {
      this.#isPending = false;
      for (const listener of this.#listeners) callAlone(listener);
    });
  };

  /** Begins the tick. */
  begin(): void {
    this.#ticks = true;
    this.tickWithin(tickMs);
  }

  /** Plans the next tick: in this many milliseconds, or in a minute if that is earlier. */
  tickWithin(ms: number): void {
    if (!this.#ticks) return;
    this.#cancelTick();
    this.#cancelTick = this.#timer.schedule(Math.min(tickMs, ms), () => {
      this.tickWithin(tickMs);
      this.notify();
    });
  }

  /** Ends the tick. Changes are still signalled. */
  stop(): void {
    this.#ticks = false;
    this.#cancelTick();
  }
}

/** An error is reported as uncaught, and does not keep the other listeners from being called. */
function callAlone(listener: () => void): void {
  try {
    listener();
  } catch (thrown) {
    queueMicrotask(() => {
      throw thrown;
    });
  }
}
