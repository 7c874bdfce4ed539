import type { Clock } from '../../ports/clock.ts';

/** This computer's own clocks. */
export const systemClock: Clock = {
  wallNow: () => Date.now(),
  monotonicNow: () => performance.now(),
};
