import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { askWhileInSight, type Sight } from '../../../../src-renderer/state/while-in-sight.ts';

/** A page that can become visible and hidden. */
class Page implements Sight {
  hidden = false;
  readonly listeners = new Set<() => void>();

  addEventListener(_event: string, listener: () => void): void {
    this.listeners.add(listener);
  }

  removeEventListener(_event: string, listener: () => void): void {
    this.listeners.delete(listener);
  }

  show(shown: boolean): void {
    this.hidden = !shown;
    for (const listener of this.listeners) listener();
  }
}

const everyMs = 3000;
let page: Page;
let asked: number;
let taken: number[];
let end: () => void;

beforeEach(() => {
  vi.useFakeTimers();
  page = new Page();
  asked = 0;
  taken = [];
  end = askWhileInSight(
    page,
    everyMs,
    async () => (asked += 1),
    (answer) => taken.push(answer),
  );
});

afterEach(() => {
  end();
  vi.useRealTimers();
});

describe('a question that is repeated while the page is visible', () => {
  test('is asked at once, and again after each answer', async () => {
    await vi.advanceTimersByTimeAsync(0);
    expect(taken).toEqual([1]);
    await vi.advanceTimersByTimeAsync(3 * everyMs);
    expect(taken).toEqual([1, 2, 3, 4]);
  });

  test('is not asked while the page is hidden, and is asked at once when it is visible again', async () => {
    await vi.advanceTimersByTimeAsync(everyMs);
    page.show(false);
    await vi.advanceTimersByTimeAsync(100 * everyMs);
    expect(asked).toBe(2);
    page.show(true);
    await vi.advanceTimersByTimeAsync(0);
    expect(taken).toEqual([1, 2, 3]);
    await vi.advanceTimersByTimeAsync(everyMs);
    expect(taken).toEqual([1, 2, 3, 4]);
  });

  test('is asked once at a time, however often the page is shown', async () => {
    for (const shown of [false, true, true, true]) page.show(shown);
    await vi.advanceTimersByTimeAsync(0);
    expect(taken).toEqual([1, asked]);
    await vi.advanceTimersByTimeAsync(everyMs);
    expect(taken).toHaveLength(3);
  });

  test('is no longer asked or answered after its end, and no listener remains', async () => {
    page.show(true);
    end();
    await vi.advanceTimersByTimeAsync(10 * everyMs);
    expect([asked, taken, page.listeners.size]).toEqual([2, [1], 0]);
  });
});
