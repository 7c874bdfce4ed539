import type { Clock } from '../../../src-main/ports/clock.ts';

/** The computer's clock with an offset that a test moves through `globalThis.licenseConsoleTestClock`. */
export function createTestClock(clock: Clock, initialOffsetMs: number): Clock {
  const control = { offsetMs: initialOffsetMs };
  Object.assign(globalThis, { licenseConsoleTestClock: control });
  return { wallNow: () => clock.wallNow() + control.offsetMs, monotonicNow: () => clock.monotonicNow() };
}
