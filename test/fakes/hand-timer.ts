import type { Timer } from '../../src-main/ports/timer.ts';
import type { FakeClock } from './fake-clock.ts';
import { settled } from './until.ts';

interface Waiting {
  readonly atMs: number;
  readonly wake: () => void;
}

/** A timer that a test drives: time passes only in {@link HandTimer.advance}. */
export class HandTimer implements Timer {
  readonly #clock: FakeClock;
  readonly #waiting = new Set<Waiting>();
  /** Every delay that was requested. */
  readonly delays: number[] = [];

  constructor(clock: FakeClock) {
    this.#clock = clock;
  }

  schedule(delayMs: number, wake: () => void): () => void {
    this.delays.push(delayMs);
    const waiting = { atMs: this.#clock.monotonicNow() + delayMs, wake };
    this.#waiting.add(waiting);
    return () => void this.#waiting.delete(waiting);
  }

  get count(): number {
    return this.#waiting.size;
  }

  /** Milliseconds until the next wake-up; null if nothing is scheduled. */
  get nextDelayMs(): number | null {
    const next = this.#next();
    return next ? next.atMs - this.#clock.monotonicNow() : null;
  }

  /** Lets time pass. Runs the wake-ups that become due in order, and waits until everything has settled after each. */
  async advance(ms: number): Promise<void> {
    const endMs = this.#clock.monotonicNow() + ms;
    for (let next = this.#next(); next && next.atMs <= endMs; next = this.#next()) {
      this.#clock.advance(Math.max(0, next.atMs - this.#clock.monotonicNow()));
      this.#waiting.delete(next);
      next.wake();
      await settled();
    }
    this.#clock.advance(Math.max(0, endMs - this.#clock.monotonicNow()));
    await settled();
  }

  /** Drops all scheduled wake-ups, as when the process ends. */
  forget(): void {
    this.#waiting.clear();
  }

  #next(): Waiting | undefined {
    return [...this.#waiting].toSorted((one, other) => one.atMs - other.atMs)[0];
  }
}
