import type { Clock } from '../../src-main/ports/clock.ts';
import type { Timer } from '../../src-main/ports/timer.ts';
import { EventQueue } from './event-queue.ts';

const startedAt = Date.parse('2026-03-10T12:00:00Z');

/** One clock and timer for all stores: nobody waits, time jumps from one event to the next. */
export class SimulatedTime implements Clock, Timer {
  readonly #events = new EventQueue();
  #nowMs = 0;
  #unsettled = false;

  /** In ms since the simulation began. */
  get nowMs(): number {
    return this.#nowMs;
  }

  wallNow(): number {
    return startedAt + this.#nowMs;
  }

  monotonicNow(): number {
    return this.#nowMs;
  }

  schedule(delayMs: number, wake: () => void): () => void {
    const event = this.#events.put(this.#nowMs + delayMs, wake);
    return () => {
      event.cancelled = true;
    };
  }

  /** Resolves to the value after `delayMs`. Code that awaits it continues before time advances. */
  later<T>(delayMs: number, value: T): Promise<T> {
    return new Promise((resolve) => {
      this.schedule(delayMs, () => {
        this.#unsettled = true;
        resolve(value);
      });
    });
  }

  /** Runs all events up to then. */
  async run(untilMs: number): Promise<void> {
    for (let event = this.#events.take(untilMs); event; event = this.#events.take(untilMs)) {
      this.#nowMs = event.atMs;
      event.happen();
      if (!this.#unsettled) continue;
      this.#unsettled = false;
      await settled();
    }
    this.#nowMs = untilMs;
  }
}

/** Resolves when no promise has work left, but before the event loop's next turn. */
function settled(): Promise<void> {
  return new Promise((resolve) => {
    queueMicrotask(() => process.nextTick(resolve));
  });
}
