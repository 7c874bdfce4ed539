/**
 * The evaluated license. License Status and Token Expiry ("the two clocks") are shown side by side and never mixed. A third,
 * separate signal is the state of the computer's clock.
 * Instants are milliseconds since the Unix epoch.
 */
import type { Edition } from './server-profile.ts';

/** The end of the year 9999. RFC 3339 has no way to write a later instant, so none can be shown. */
export const latestAt = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/** What the license token says about the license. */
export interface LicenseDetails {
  readonly serverId: string;
  readonly serverName?: string;
  readonly edition?: Edition;
  readonly organization?: { readonly id: string; readonly name?: string };
  readonly licenseId?: string;
  readonly licenseName?: string;
  readonly renewalDate?: RenewalDate;
  readonly warningDays?: number;
  readonly tokenWarningSeconds?: number;
  readonly features?: readonly string[];
  readonly hub?: { readonly serverId?: string; readonly name?: string; readonly url?: string };
  readonly tokenIssuedAt: number;
  readonly tokenExpiresAt: number;
  /** Claims that are present but could not be read. The screen names them; they have no effect. */
  readonly unclear?: readonly UnclearClaim[];
  /** Names of claims that were too long and are kept truncated. */
  readonly cut?: readonly string[];
}

/** A claim with its name and its value as they are in the token. */
export interface UnclearClaim {
  readonly claim: string;
  readonly value: string;
}

export interface RenewalDate {
  /** Exclusive: the license is valid until just before this instant. */
  readonly endsAt: number;
  /** A plain date, `YYYY-MM-DD`, if the token gives one. It is shown as that date in every time zone. */
  readonly date?: string;
  /** The zone in which a plain date ends. */
  readonly timeZone?: string;
}

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

/** `doubt`: evidence contradicts the clock, but the server has not confirmed it yet. Until then the clock is not called wrong. */
export type ClockStatus =
  | { readonly state: 'right'; readonly doubt?: ClockTimes }
  | ({ readonly state: 'wrong' } & ClockTimes);

/** The same with doubt as a separate state, for programs and people outside the console. */
export type ToldClock = { readonly state: 'right' } | ({ readonly state: 'in_doubt' | 'wrong' } & ClockTimes);

export function toldClock(clock: ClockStatus): ToldClock {
  if (clock.state === 'wrong') return clock;
  return clock.doubt ? { state: 'in_doubt', ...clock.doubt } : { state: 'right' };
}

/** Both times if the clock is in doubt; otherwise undefined. */
export function doubtOf(clock: ClockStatus): ClockTimes | undefined {
  return clock.state === 'right' ? clock.doubt : undefined;
}

export interface LicenseEvaluation {
  readonly renewal: RenewalStatus;
  readonly token: TokenStatus;
  /** The trusted time at which both were evaluated. */
  readonly judgedAt: number;
}
