import type { ClockStatus } from '../../src-shared/license-status.ts';

/** One look at both clocks. `monotonicMs` never jumps; `wallAt` can be wrong. */
export interface ClockReading {
  readonly wallAt: number;
  readonly monotonicMs: number;
}

/**
 * The high-water mark of trusted time. `monotonicMs` is absent where monotonic time does not reach back to it: it is then a
 * lower bound of trusted time at the baseline.
 */
export interface TrustedMark {
  readonly at: number;
  readonly monotonicMs?: number;
  /** What the wall clock said at `monotonicMs`; absent where no second piece of evidence agreed with the mark. */
  readonly wallAt?: number;
}

/** How far a clock may be off before it is called wrong. */
export const clockToleranceMs = 5 * 60_000;

/**
 * Judges this computer's clock, and the instant at which the license is to be judged.
 *
 * Wrong = more than 5 minutes behind the mark, more than 5 minutes from a server date heard while monotonic time has been
 * counting, or wall time and monotonic time parting since `baseline`. Without evidence the wall clock is believed:
 * offline, a clock that was set ahead while the computer was off cannot be told from one that was off for long.
 */
export function evaluateClock(
  now: ClockReading,
  baseline: ClockReading,
  mark: TrustedMark | null,
): { readonly clock: ClockStatus; readonly judgedAt: number } {
  if (mark?.monotonicMs !== undefined) {
    const trustedAt = mark.at + (now.monotonicMs - mark.monotonicMs);
    return verdict(now.wallAt, trustedAt, Math.abs(now.wallAt - trustedAt) > clockToleranceMs);
  }
  const elapsedMs = now.monotonicMs - baseline.monotonicMs;
  const floorAt = mark ? mark.at + elapsedMs : Number.NEGATIVE_INFINITY;
  if (now.wallAt < floorAt - clockToleranceMs) return verdict(now.wallAt, floorAt, true);

  const baselineWasWrong = mark !== null && baseline.wallAt < mark.at - clockToleranceMs;
  const expectedAt = baseline.wallAt + elapsedMs;
  const parted = Math.abs(now.wallAt - expectedAt) > clockToleranceMs;
  return verdict(now.wallAt, Math.max(expectedAt, floorAt), parted && !baselineWasWrong);
}

/** Is the wall clock as far off now as when the mark was heard? The verdict of then still holds if so. */
export function isAsHeard(now: ClockReading, mark: TrustedMark | null): boolean {
  if (mark?.monotonicMs === undefined || mark.wallAt === undefined) return false;
  return Math.abs(now.wallAt - mark.wallAt - (now.monotonicMs - mark.monotonicMs)) <= clockToleranceMs;
}

function verdict(localAt: number, trustedAt: number, wrong: boolean) {
  return wrong
    ? { clock: { state: 'wrong', localAt, trustedAt } as const, judgedAt: trustedAt }
    : { clock: { state: 'right' } as const, judgedAt: localAt };
}
