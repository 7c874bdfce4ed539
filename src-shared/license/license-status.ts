/** The end of the year 9999. RFC 3339 has no way to write a later instant, so none can be shown. */
export const latestAt = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

export type { LicenseDetails, RenewalDate, UnclearClaim } from './license-details.ts';

/** License Status, from the license renewal date alone (the vendor's page, License Details). */
export type RenewalStatus =
  | {
      readonly state: 'licensed';
      readonly warnsAt?: number;
      readonly endsAt?: number;
      /** The token has a renewal date that could not be read, so it is unknown when the license ends. */
      readonly dateUnclear?: true;
    }
  | { readonly state: 'requires_renewal'; readonly warnsAt: number; readonly endsAt: number }
  | { readonly state: 'expired'; readonly warnsAt: number; readonly endsAt: number };

/** Token Expiry, from `iat` and `exp` alone. */
export interface TokenStatus {
  readonly state: 'fine' | 'expires_soon' | 'expired';
  readonly issuedAt: number;
  readonly warnsAt: number;
  readonly expiresAt: number;
}

/** The time by this computer's clock, and the time by other evidence. */
export interface ClockTimes {
  readonly localAt: number;
  readonly trustedAt: number;
}

/** `unanswered`: no server answered the question about the time, or none can be asked. */
export interface ClockDoubt extends ClockTimes {
  readonly unanswered?: true;
}

/** `doubt`: evidence contradicts the clock, but the server has not confirmed it yet. Until then the clock is not called wrong. */
export type ClockStatus =
  | { readonly state: 'right'; readonly doubt?: ClockDoubt }
  | ({ readonly state: 'wrong' } & ClockTimes);

/** The same with doubt as a separate state, for programs and people outside the console. */
type ReportedClock = { readonly state: 'right' } | ({ readonly state: 'in_doubt' | 'wrong' } & ClockTimes);

export function reportedClock(clock: ClockStatus): ReportedClock {
  if (clock.state === 'wrong') return clock;
  if (!clock.doubt) return { state: 'right' };
  const { localAt, trustedAt } = clock.doubt;
  return { state: 'in_doubt', localAt, trustedAt };
}

/** Both times if the clock is in doubt; otherwise undefined. */
export function doubtOf(clock: ClockStatus): ClockDoubt | undefined {
  return clock.state === 'right' ? clock.doubt : undefined;
}

/**
 * The evaluated license. License Status and Token Expiry ("the two clocks") are shown side by side and never mixed. A third, separate
 * signal is the state of the computer's clock. Instants are ms since the Unix epoch.
 */
export interface LicenseEvaluation {
  readonly renewal: RenewalStatus;
  readonly token: TokenStatus;
  /** The trusted time at which both were evaluated. */
  readonly judgedAt: number;
}
