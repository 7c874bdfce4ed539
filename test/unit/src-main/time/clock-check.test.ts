import { describe, expect, it } from 'vitest';
import { clockToleranceMs, evaluateClock, isOffsetUnchanged } from '../../../../src-main/time/clock-check.ts';

const at = Date.parse('2026-03-10T12:00:00Z');
const hour = 3_600_000;
const tolerance = clockToleranceMs;
const baseline = { wallAt: at, monotonicMs: 1_000 };
/** An hour after the baseline by monotonic time, with a wall clock that is off by that much. */
const later = (offMs: number) => ({ wallAt: at + hour + offMs, monotonicMs: 1_000 + hour });
/** The error of a clock, and the verdict on it. */
const limits = [
  [0, 'right'],
  [tolerance, 'right'],
  [tolerance + 1, 'wrong'],
  [-tolerance, 'right'],
  [-tolerance - 1, 'wrong'],
] as const;

describe('a mark with its monotonic time', () => {
  const mark = { at: at + 60_000, monotonicMs: 61_000 };
  it.each(limits)('makes a clock that differs from it by %d ms %s', (offMs, state) => {
    const now = later(offMs);
    const judgedAt = state === 'right' ? now.wallAt : at + hour;
    expect(evaluateClock(now, baseline, mark)).toMatchObject({ clock: { state }, judgedAt });
    // The clock's time at the start does not matter.
    expect(evaluateClock(now, { wallAt: 0, monotonicMs: 0 }, mark)).toMatchObject({ clock: { state }, judgedAt });
  });

  it('names both times if the clock is wrong', () => {
    expect(evaluateClock(later(2 * hour), baseline, mark).clock).toEqual({
      state: 'wrong',
      localAt: at + 3 * hour,
      trustedAt: at + hour,
    });
  });
});

describe('a mark without its monotonic time', () => {
  it.each([
    [-tolerance, 'right'],
    [-tolerance - 1, 'wrong'],
  ])('makes a clock that differs from it by %d ms %s', (offMs, state) => {
    const now = later(offMs);
    const judgedAt = state === 'right' ? now.wallAt : at + hour;
    expect(evaluateClock(now, baseline, { at })).toMatchObject({ clock: { state }, judgedAt });
  });

  it.each([
    ['accepts a clock that was behind it at the start and was corrected', -tolerance - 1, 'right'],
    ['rejects a clock that was barely behind it and then drifted', -tolerance, 'wrong'],
  ])('%s', (_what, startedOffMs, state) => {
    const now = later(hour);
    const started = { ...baseline, wallAt: at + startedOffMs };
    const judgedAt = state === 'right' ? now.wallAt : at + hour;
    expect(evaluateClock(now, started, { at })).toMatchObject({ clock: { state }, judgedAt });
  });

  it('rejects a clock that was behind it at the start and still is', () => {
    const started = { ...baseline, wallAt: at - tolerance - 1 };
    const now = later(-tolerance - 1);
    expect(evaluateClock(now, started, { at })).toEqual({
      clock: { state: 'wrong', localAt: now.wallAt, trustedAt: at + hour },
      judgedAt: at + hour,
    });
  });

  it('is the earliest time of the judgement if the clock was behind and then drifted', () => {
    const started = { ...baseline, wallAt: at - 60_000 };
    expect(evaluateClock(later(hour), started, { at }).judgedAt).toBe(at + hour);
    expect(evaluateClock(later(hour), started, { at: at - hour }).judgedAt).toBe(at + hour - 60_000);
  });
});

describe('without a mark', () => {
  it.each(limits)('a clock that differs from monotonic time by %d ms is %s', (offMs, state) => {
    const now = later(offMs);
    const judgedAt = state === 'right' ? now.wallAt : at + hour;
    expect(evaluateClock(now, baseline, null)).toMatchObject({ clock: { state }, judgedAt });
  });
});

describe('an error of the clock that is the same as at the mark', () => {
  const mark = { at, monotonicMs: 1_000, wallAt: at };
  it.each([
    [0, true],
    [tolerance, true],
    [tolerance + 1, false],
    [-tolerance, true],
    [-tolerance - 1, false],
  ])('is recognized after a change of %d ms: %s', (offMs, same) => {
    expect(isOffsetUnchanged(later(offMs), mark)).toBe(same);
    expect(isOffsetUnchanged(later(offMs + 30 * hour), { ...mark, wallAt: at + 30 * hour })).toBe(same);
  });

  it('is not recognized without a complete mark', () => {
    expect(isOffsetUnchanged(later(0), null)).toBe(false);
    expect(isOffsetUnchanged(later(0), { at })).toBe(false);
    expect(isOffsetUnchanged(later(0), { at, wallAt: at })).toBe(false);
    expect(isOffsetUnchanged(later(0), { at, monotonicMs: 1_000 })).toBe(false);
  });
});
