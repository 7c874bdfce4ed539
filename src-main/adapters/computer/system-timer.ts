import type { Timer } from '../../ports/timer.ts';

/** Node's timers overflow beyond this and then fire at once. */
const longestDelayMs = 2 ** 31 - 1;

/** Node's timers, without the overflow. */
export const systemTimer: Timer = {
  schedule(delayMs, wake) {
    let remainingMs = delayMs;
    let handle: NodeJS.Timeout;
    const step = () => {
      const stepMs = Math.min(remainingMs, longestDelayMs);
      remainingMs -= stepMs;
      handle = setTimeout(remainingMs > 0 ? step : wake, stepMs);
    };
    step();
    return () => clearTimeout(handle);
  },
};
