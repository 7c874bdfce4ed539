import type { Clock } from '../ports/clock.ts';
import type { Timer } from '../ports/timer.ts';

/** How long a time service may take to set the clock before the person hears that it did not, in ms. */
export const settingLimitMs = 60_000;
const lookEveryMs = 1_000;
/** A time service that finds the clock right moves it by less. */
const smallestStepMs = 2_000;

/** Sees whether somebody sets this computer's clock: wall time then moves against monotonic time. */
export class ClockSetting {
  readonly #clock: Clock;
  readonly #timer: Timer;
  #offsetMs: number;

  constructor(clock: Clock, timer: Timer) {
    this.#clock = clock;
    this.#timer = timer;
    this.#offsetMs = this.#offsetNow;
  }

  /** Call before something may set the clock. */
  begin(): void {
    this.#offsetMs = this.#offsetNow;
  }

  /** Resolves to true once the clock was set after {@link begin}, or to false after {@link settingLimitMs}. */
  async wasSet(): Promise<boolean> {
    const untilMs = this.#clock.monotonicNow() + settingLimitMs;
    while (!this.#isSet && this.#clock.monotonicNow() < untilMs)
      await new Promise<void>((resolve) => void this.#timer.schedule(lookEveryMs, resolve));
    return this.#isSet;
  }

  get #isSet(): boolean {
    return Math.abs(this.#offsetNow - this.#offsetMs) >= smallestStepMs;
  }

  get #offsetNow(): number {
    return this.#clock.wallNow() - this.#clock.monotonicNow();
  }
}
