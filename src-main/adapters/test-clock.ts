import type { Clock } from '../ports/clock.ts';

/**
 * The computer's clock with an offset that a test moves through `globalThis.licenseConsoleTestClock`.
 * It exists in test builds only. A released build does not contain this file.
 */
export function createTestClock(clock: Clock, initialOffsetMs: number): Clock {
  const control = { offsetMs: initialOffsetMs };
  Object.assign(globalThis, { licenseConsoleTestClock: control });
  return { wallNow: () => clock.wallNow() + control.offsetMs, monotonicNow: () => clock.monotonicNow() };
}
