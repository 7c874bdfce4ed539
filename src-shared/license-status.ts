/**
 * The license as evaluated: two clocks that are shown side by side and never mixed, and a third signal, the computer's clock.
 * Instants are milliseconds since the Unix epoch.
 */
import type { Edition } from './server-profile.ts';

/** What the license token says about the license; each field but `serverId` may be absent. */
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
  /** Claims that are there and could not be read: they are named, and count for nothing. */
  readonly unclear?: readonly UnclearClaim[];
  /** Claims of which only the beginning is kept. */
  readonly cut?: readonly string[];
}

/** A claim by its name in the token, with its value as it stands there. */
export interface UnclearClaim {
  readonly claim: string;
  readonly value: string;
}

export interface RenewalDate {
  /** The last valid instant is just before this one. */
  readonly endsAt: number;
  /** A plain date, `YYYY-MM-DD`, where the token gave one: it is shown as that date wherever the reader sits. */
  readonly date?: string;
  /** The zone in which a plain date ends. */
  readonly timeZone?: string;
}

/** License Status, from the license renewal date alone (seed, License Details). */
export type RenewalStatus =
  | {
      readonly state: 'licensed';
      readonly warnsAt?: number;
      readonly endsAt?: number;
      /** There is a date that could not be read: it is not known when the license ends. */
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

/** What this computer's clock says, and what other evidence says. */
export interface ClockTimes {
  readonly localAt: number;
  readonly trustedAt: number;
}

/** `doubt`: evidence speaks against the clock, and the server has not settled it yet. The clock is not called wrong then. */
export type ClockStatus =
  | { readonly state: 'right'; readonly doubt?: ClockTimes }
  | ({ readonly state: 'wrong' } & ClockTimes);

/** The same with doubt as a state of its own, as programs and people outside the console are told it. */
export type ToldClock = { readonly state: 'right' } | ({ readonly state: 'in_doubt' | 'wrong' } & ClockTimes);

export function toldClock(clock: ClockStatus): ToldClock {
  if (clock.state === 'wrong') return clock;
  return clock.doubt ? { state: 'in_doubt', ...clock.doubt } : { state: 'right' };
}

/** Both times, while the clock is in doubt. */
export function doubtOf(clock: ClockStatus): ClockTimes | undefined {
  return clock.state === 'right' ? clock.doubt : undefined;
}

export interface LicenseEvaluation {
  readonly renewal: RenewalStatus;
  readonly token: TokenStatus;
  /** The trusted time at which both were judged. */
  readonly judgedAt: number;
}
