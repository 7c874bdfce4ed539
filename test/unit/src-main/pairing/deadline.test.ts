import { describe, expect, it } from 'vitest';
import { Deadline } from '../../../../src-main/pairing/deadline.ts';
import { FakeClock } from '../../../fakes/fake-clock.ts';

const minute = 60_000;
const hour = 60 * minute;

function started() {
  const clock = new FakeClock();
  const deadline = new Deadline(clock, 2 * hour);
  const pass = (ticks: number) => {
    for (let nth = 0; nth < ticks; nth += 1) {
      clock.advance(5_000);
      deadline.tick();
    }
  };
  return { clock, deadline, pass };
}

describe('a clock that is set', () => {
  it.each([-3 * hour, 3 * hour])('by %d ms moves the end that is shown, and not the end', (stepMs) => {
    const { clock, deadline, pass } = started();
    const before = deadline.shownAt;
    pass(1);
    clock.wallErrorMs = stepMs;
    pass(1);
    expect(deadline.leftMs).toBe(2 * hour - 10_000);
    expect(deadline.shownAt).toBe(before + stepMs);
    clock.advance(2 * hour - 10_001);
    expect(deadline.isPast).toBe(false);
    clock.advance(1);
    expect(deadline.isPast).toBe(true);
    clock.advance(hour);
    expect(deadline.leftMs).toBe(0);
  });

  it('by little leaves the end that is shown as it is', () => {
    const { clock, deadline } = started();
    const before = deadline.shownAt;
    for (const errorMs of [1, -4_999, 4_999]) {
      clock.wallErrorMs = errorMs;
      expect(deadline.shownAt).toBe(before);
    }
    clock.wallErrorMs = 5_000;
    expect(deadline.shownAt).toBe(before + 5_000);
    clock.wallErrorMs = 5_001;
    expect(deadline.shownAt).toBe(before + 5_000);
  });

  it('does not count as sleep for a computer that wakes up later', () => {
    const { clock, deadline, pass } = started();
    clock.wallErrorMs = 3 * hour;
    pass(4);
    deadline.resume();
    expect(deadline.leftMs).toBe(2 * hour - 20_000);
  });
});

describe('sleep', () => {
  it.each([0, 1, 3])('counts once, also if the computer reports it %d ticks later or twice', (ticks) => {
    const { clock, deadline, pass } = started();
    const before = deadline.shownAt;
    pass(10);
    clock.sleep(hour);
    pass(ticks);
    deadline.resume();
    deadline.resume();
    expect(deadline.leftMs).toBe(hour - (10 + ticks) * 5_000);
    expect(deadline.shownAt).toBe(before);
  });

  it('counts once on a computer whose monotonic time goes on meanwhile', () => {
    const { clock, deadline } = started();
    clock.advance(hour);
    deadline.resume();
    expect(deadline.leftMs).toBe(hour);
  });

  it('never postpones the end, whatever the clock says afterwards', () => {
    const { clock, deadline } = started();
    clock.sleep(hour);
    clock.wallErrorMs = -5 * hour;
    deadline.resume();
    expect(deadline.leftMs).toBe(2 * hour);
  });
});
