import type { Clock } from './ports/clock.ts';
import type { Timer } from './ports/timer.ts';

/** The licenses are evaluated at least this often, so that the end of a day is noticed. */
const tickMs = 60_000;
/** Listeners that take no longer than this are called without a pause. */
const shortWorkMs = 4;
/** The pause after a signal, as a multiple of the time that the listeners took. The window then draws what it got, which takes time too. */
const pausePerWork = 20;
/** No change is signalled later than this. */
const longestPauseMs = 250;

/**
 * The one signal that something shown or evaluated may have changed: after each change, and once a minute. Listeners are called after a
 * change, not during it: an error in a listener must not stop a token on its way to the keychain. Changes in the same turn of the event
 * loop are signalled once. With hundreds of servers, listeners are slow and changes are frequent: then changes wait for a moment and are
 * signalled together, so that the window gets its answers in between.
 */
export class Changes {
  readonly #timer: Timer;
  readonly #clock: Pick<Clock, 'monotonicNow'>;
  readonly #listeners = new Set<() => void>();
  #isPending = false;
  /** How often something has changed. */
  #count = 0;
  /** How long the listeners took at the last two signals. One slow signal alone causes no pause. */
  #workMs: readonly [last: number, before: number] = [0, 0];
  #pausesUntilMs = 0;
  #cancelSignal: () => void = () => {};
  #ticks = false;
  #ends = false;
  #cancelTick: () => void = () => {};

  constructor(timer: Timer, clock: Pick<Clock, 'monotonicNow'>) {
    this.#timer = timer;
    this.#clock = clock;
  }

  /** Returns a function that ends the subscription. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Call after a change. */
  readonly notify = (): void => {
    this.#count += 1;
    if (this.#isPending) return;
    this.#isPending = true;
    const pauseMs = this.#ends ? 0 : this.#pausesUntilMs - this.#clock.monotonicNow();
    if (pauseMs > 0) this.#cancelSignal = this.#timer.schedule(pauseMs, () => this.#signal());
    else queueMicrotask(() => this.#signal());
  };

  /** Does what a person wants. What it has changed is signalled without a pause, so that the window shows it with the answer. */
  async promptly<T>(act: () => Promise<T>): Promise<T> {
    const before = this.#count;
    const done = await act();
    if (this.#count !== before) this.#signal();
    return done;
  }

  #signal(): void {
    if (!this.#isPending) return;
    this.#isPending = false;
    this.#cancelSignal();
    const fromMs = this.#clock.monotonicNow();
    for (const listener of this.#listeners) callAlone(listener);
    const atMs = this.#clock.monotonicNow();
    this.#workMs = [atMs - fromMs, this.#workMs[0]];
    const usualMs = Math.min(...this.#workMs);
    this.#pausesUntilMs = usualMs > shortWorkMs ? atMs + Math.min(longestPauseMs, usualMs * pausePerWork) : 0;
  }

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

  /** Ends the tick. Changes are still signalled, without a pause. */
  stop(): void {
    this.#ticks = false;
    this.#ends = true;
    this.#cancelTick();
    this.#signal();
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
