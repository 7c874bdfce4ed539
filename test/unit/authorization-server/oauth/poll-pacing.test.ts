import { describe, expect, it } from 'vitest';
import { PollPacing } from '../../../authorization-server/oauth/poll-pacing.ts';

describe('the pace of polls (RFC 8628 §3.5)', () => {
  it('lengthens the interval by 5 s with each early poll, permanently', () => {
    const pacing = new PollPacing();
    const isTooEarlyAt = (seconds: number): boolean => pacing.isTooEarly('code', 5, seconds * 1000);
    expect(isTooEarlyAt(0)).toBe(false);
    expect(isTooEarlyAt(5)).toBe(false);
    expect(isTooEarlyAt(9)).toBe(true);
    // 10 s from now on, counted from the early poll.
    expect(isTooEarlyAt(18)).toBe(true);
    // 15 s.
    expect(isTooEarlyAt(33)).toBe(false);
    expect(isTooEarlyAt(47)).toBe(true);
    expect(isTooEarlyAt(67)).toBe(false);
  });

  it('tolerates the rounding of timers, and counts each code separately', () => {
    const pacing = new PollPacing();
    expect(pacing.isTooEarly('a', 5, 0)).toBe(false);
    expect(pacing.isTooEarly('b', 5, 1)).toBe(false);
    expect(pacing.isTooEarly('a', 5, 4996)).toBe(false);
    expect(pacing.isTooEarly('b', 5, 4990)).toBe(true);
  });

  it('ignores a forgiven poll, so that the previous poll still begins the interval', () => {
    const pacing = new PollPacing();
    expect(pacing.isTooEarly('code', 5, 0)).toBe(false);
    pacing.forgive('code');
    expect(pacing.isTooEarly('code', 5, 1)).toBe(false);
    expect(pacing.isTooEarly('code', 5, 5001)).toBe(false);
    pacing.forgive('code');
    expect(pacing.isTooEarly('code', 5, 5002)).toBe(false);
    expect(pacing.isTooEarly('code', 5, 9_990)).toBe(true);
    pacing.forgive('nobody');
  });
});
