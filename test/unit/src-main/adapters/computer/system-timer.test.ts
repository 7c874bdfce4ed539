import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { systemTimer } from '../../../../../src-main/adapters/computer/system-timer.ts';

const day = 86_400_000;

describe('T3: the timer', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it.each([0, 1, 1_000, day, 2 ** 31 - 2, 2 ** 31 - 1, 2 ** 31, 20 * day, 25 * day, 40 * day, 400 * day])(
    'fires once after %d ms, not earlier and not again',
    (delayMs) => {
      let woken = 0;
      systemTimer.schedule(delayMs, () => (woken += 1));
      if (delayMs > 0) {
        vi.advanceTimersByTime(delayMs - 1);
        expect(woken).toBe(0);
      }
      vi.advanceTimersByTime(1);
      expect(woken).toBe(1);
      vi.advanceTimersByTime(2 * delayMs + day);
      expect(woken).toBe(1);
      expect(vi.getTimerCount()).toBe(0);
    },
  );

  it.each([1_000, 40 * day])('of %d ms never fires after it is cancelled', (delayMs) => {
    for (const share of [0, 0.5, 0.99]) {
      let woken = 0;
      const cancel = systemTimer.schedule(delayMs, () => (woken += 1));
      vi.advanceTimersByTime(delayMs * share);
      cancel();
      vi.advanceTimersByTime(delayMs * 2);
      expect(woken).toBe(0);
    }
    expect(vi.getTimerCount()).toBe(0);
  });

  it('can be cancelled after it fired, and more than once', () => {
    const cancel = systemTimer.schedule(5, () => {});
    vi.advanceTimersByTime(5);
    cancel();
    cancel();
    expect(vi.getTimerCount()).toBe(0);
  });
});
