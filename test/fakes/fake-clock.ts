import type { Clock } from '../../src-main/ports/clock.ts';

/** Both clocks by hand: real time passes for both, and the wall clock can be set wrong. */
export class FakeClock implements Clock {
  #realAt: number;
  #monotonicMs = 1_000;
  /** How far the wall clock is off. */
  wallErrorMs = 0;

  constructor(realAt = Date.parse('2026-03-10T12:00:00Z')) {
    this.#realAt = realAt;
  }

  /** What a right clock would say; the fake server goes by it. */
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

  /** Time passes while monotonic time stands still. */
  sleep(ms: number): void {
    this.#realAt += ms;
  }

  /** Another process: its monotonic time begins anew. */
  restart(offForMs = 0): void {
    this.#realAt += offForMs;
    this.#monotonicMs = 1_000;
  }
}
