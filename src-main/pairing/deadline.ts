import type { Clock } from '../ports/clock.ts';

/**
 * The end of a pairing. It comes after that much time, even if the wall clock is set meanwhile, for example because the computer has got a
 * network. It is shown by the wall clock.
 */
export class Deadline {
  readonly #clock: Clock;
  #atMonotonicMs: number;
  #shownAt: number;
  /** The wall clock minus monotonic time at the last ticks. */
  #offsets: readonly number[];

  /** The end is in `lifeMs`. */
  constructor(clock: Clock, lifeMs: number) {
    this.#clock = clock;
    this.#atMonotonicMs = clock.monotonicNow() + lifeMs;
    this.#offsets = [this.#offsetMs];
    this.#shownAt = this.#wallAt;
  }

  /** The time until the end, in ms. 0 if it is over. */
  get leftMs(): number {
    return Math.max(0, this.#atMonotonicMs - this.#clock.monotonicNow());
  }

  get isPast(): boolean {
    return this.leftMs === 0;
  }

  /** The end by the present wall clock, in ms since the epoch. Stays the same until that clock is set. */
  get shownAt(): number {
    if (Math.abs(this.#wallAt - this.#shownAt) >= clockChangeMs) this.#shownAt = this.#wallAt;
    return this.#shownAt;
  }

  /** Call this every few seconds, so that {@link resume} can measure sleep. */
  tick(): void {
    this.#offsets = [...this.#offsets, this.#offsetMs].slice(-mostTicks);
  }

  /**
   * Call this after sleep, when monotonic time may have stopped. What the wall clock has gained since a few ticks ago was sleep. Timers may
   * have fired between the sleep and this call.
   */
  resume(): void {
    const now = this.#offsetMs;
    this.#atMonotonicMs -= Math.max(0, now - (this.#offsets[0] ?? now));
    this.#offsets = [now];
  }

  get #offsetMs(): number {
    return this.#clock.wallNow() - this.#clock.monotonicNow();
  }

  get #wallAt(): number {
    return Math.round(this.#atMonotonicMs + this.#offsetMs);
  }
}

/** The two clocks of a computer do not run at quite the same rate. */
const clockChangeMs = 5_000;
const mostTicks = 4;
