import type { Clock } from '../../src-main/ports/clock.ts';

/** A wall clock and a monotonic clock that a test drives. Real time passes for both, and the wall clock can be set wrong. */
export class FakeClock implements Clock {
  #realAt: number;
  #monotonicMs = 1_000;
  /** The error of the wall clock in ms. */
  wallErrorMs = 0;

  constructor(realAt = Date.parse('2026-03-10T12:00:00Z')) {
    this.#realAt = realAt;
  }

  /** The time of a correct clock, which the fake server uses. */
  get realAt(): number {
    return this.#realAt;
  }

  wallNow(): number {
    return this.#realAt + this.wallErrorMs;
  }

  monotonicNow(): number {
    return this.#monotonicMs;
  }

  advance(ms: number): void {
    this.#realAt += ms;
    this.#monotonicMs += ms;
  }

  /** The computer sleeps: real time passes, monotonic time does not. */
  sleep(ms: number): void {
    this.#realAt += ms;
  }

  /** Simulates a new process, whose monotonic time starts over. */
  restart(offForMs = 0): void {
    this.#realAt += offForMs;
    this.#monotonicMs = 1_000;
  }
}
