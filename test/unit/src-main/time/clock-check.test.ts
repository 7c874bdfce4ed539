import { describe, expect, it } from 'vitest';
import { clockToleranceMs, evaluateClock, isOffsetUnchanged } from '../../../../src-main/time/clock-check.ts';

const at = Date.parse('2026-03-10T12:00:00Z');
const hour = 3_600_000;
const tolerance = clockToleranceMs;
const baseline = { wallAt: at, monotonicMs: 1_000 };
/** An hour after the baseline, by monotonic time; the wall clock is off by so much. */
const later = (offMs: number) => ({ wallAt: at + hour + offMs, monotonicMs: 1_000 + hour });
/** By how much a clock is off, and what it is called then. */
const limits = [
  [0, 'right'],
  [tolerance, 'right'],
  [tolerance + 1, 'wrong'],
  [-tolerance, 'right'],
  [-tolerance - 1, 'wrong'],
] as const;

describe('a mark that monotonic time reaches back to', () => {
  const mark = { at: at + 60_000, monotonicMs: 61_000 };
  it.each(limits)('a clock that is %d ms from it is %s', (offMs, state) => {
    const now = later(offMs);
    const judgedAt = state === 'right' ? now.wallAt : at + hour;
    expect(evaluateClock(now, baseline, mark)).toMatchObject({ clock: { state }, judgedAt });
    // What the clock said at the start plays no part.
    expect(evaluateClock(now, { wallAt: 0, monotonicMs: 0 }, mark)).toMatchObject({ clock: { state }, judgedAt });
  });

  it('names both times where it is wrong', () => {
    expect(evaluateClock(later(2 * hour), baseline, mark).clock).toEqual({
      state: 'wrong',
      localAt: at + 3 * hour,
      trustedAt: at + hour,
    });
  });
});

describe('a mark that is a lower bound as of the baseline', () => {
  it.each([
    [-tolerance, 'right'],
    [-tolerance - 1, 'wrong'],
  ])('a clock that is %d ms behind it is %s', (offMs, state) => {
    const now = later(offMs);
    const judgedAt = state === 'right' ? now.wallAt : at + hour;
    expect(evaluateClock(now, baseline, { at })).toMatchObject({ clock: { state }, judgedAt });
  });

  it.each([
    ['a clock that was behind it at the start and was set right', -tolerance - 1, 'right'],
    ['a clock that was hardly behind it, and has parted', -tolerance, 'wrong'],
  ])('%s is right or wrong', (_what, startedOffMs, state) => {
    const now = later(hour);
    const started = { ...baseline, wallAt: at + startedOffMs };
    const judgedAt = state === 'right' ? now.wallAt : at + hour;
    expect(evaluateClock(now, started, { at })).toMatchObject({ clock: { state }, judgedAt });
  });

  it('a clock that was behind it at the start, and is so still, is wrong', () => {
    const started = { ...baseline, wallAt: at - tolerance - 1 };
    const now = later(-tolerance - 1);
    expect(evaluateClock(now, started, { at })).toEqual({
      clock: { state: 'wrong', localAt: now.wallAt, trustedAt: at + hour },
      judgedAt: at + hour,
    });
  });

  it('is the earliest instant of judging: the clock has parted from where it was behind', () => {
    const started = { ...baseline, wallAt: at - 60_000 };
    expect(evaluateClock(later(hour), started, { at }).judgedAt).toBe(at + hour);
    expect(evaluateClock(later(hour), started, { at: at - hour }).judgedAt).toBe(at + hour - 60_000);
  });
});

describe('without a mark', () => {
  it.each(limits)('a clock that has parted from monotonic time by %d ms is %s', (offMs, state) => {
    const now = later(offMs);
    const judgedAt = state === 'right' ? now.wallAt : at + hour;
    expect(evaluateClock(now, baseline, null)).toMatchObject({ clock: { state }, judgedAt });
  });
});

describe('a clock that is off as it was when the mark was heard', () => {
  const mark = { at, monotonicMs: 1_000, wallAt: at };
  it.each([
    [0, true],
    [tolerance, true],
    [tolerance + 1, false],
    [-tolerance, true],
    [-tolerance - 1, false],
  ])('%d ms: %s', (offMs, same) => {
    expect(isOffsetUnchanged(later(offMs), mark)).toBe(same);
    expect(isOffsetUnchanged(later(offMs + 30 * hour), { ...mark, wallAt: at + 30 * hour })).toBe(same);
  });

  it('is not known without a mark, and with one that says less', () => {
    expect(isOffsetUnchanged(later(0), null)).toBe(false);
    expect(isOffsetUnchanged(later(0), { at })).toBe(false);
    expect(isOffsetUnchanged(later(0), { at, wallAt: at })).toBe(false);
    expect(isOffsetUnchanged(later(0), { at, monotonicMs: 1_000 })).toBe(false);
  });
});
