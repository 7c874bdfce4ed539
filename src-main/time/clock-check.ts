import type { ClockStatus } from '../../src-shared/license/license-status.ts';

/** Both clocks, read at the same moment. `monotonicMs` never jumps; `wallAt` can be wrong. */
export interface ClockReading {
  readonly wallAt: number;
  readonly monotonicMs: number;
}

/**
 * The high-water mark of trusted time. `monotonicMs` is absent if monotonic time does not reach back to the mark. `at` is then
 * a lower bound of trusted time at the baseline.
 */
export interface TrustedMark {
  readonly at: number;
  readonly monotonicMs?: number;
  /** The wall clock at `monotonicMs`. Absent if no second piece of evidence agreed with the mark. */
  readonly wallAt?: number;
}

/** A clock that is off by more than this is reported as wrong. */
export const clockToleranceMs = 5 * 60_000;

/**
 * Evaluates this computer's clock, and determines the instant at which the license is evaluated (`judgedAt`).
 *
 * The clock is wrong if it is more than 5 minutes behind the mark, or more than 5 minutes from a server date that was received
 * since monotonic time started counting, or if wall time and monotonic time have drifted apart by more than 5 minutes since
 * `baseline`. Without evidence the wall clock is trusted: offline, a clock that was set ahead while the computer was off looks
 * the same as a computer that was off for a long time.
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

/** Is the wall clock still as far off as when the mark was set? Then the verdict from that moment still holds. */
export function isOffsetUnchanged(now: ClockReading, mark: TrustedMark | null): boolean {
  if (mark?.monotonicMs === undefined || mark.wallAt === undefined) return false;
  return Math.abs(now.wallAt - mark.wallAt - (now.monotonicMs - mark.monotonicMs)) <= clockToleranceMs;
}

function verdict(localAt: number, trustedAt: number, wrong: boolean) {
  return wrong
    ? { clock: { state: 'wrong', localAt, trustedAt } as const, judgedAt: trustedAt }
    : { clock: { state: 'right' } as const, judgedAt: localAt };
}
