import type { FailureCode } from './failure-codes.ts';
import type { RenewalStatus, TokenStatus } from './license-status.ts';
import { type Failure, serverReason } from './result.ts';

/** What both clocks will do from here on, also while this console is off. */
export interface LicenseInstants {
  readonly tokenIssuedAt: number;
  readonly tokenExpiresAt: number;
  /** Where the warning starts; absent: when a third of the token's life is left. */
  readonly tokenWarnsAt?: number;
  /** Absent: the license never needs renewal. */
  readonly renewalEndsAt?: number;
  /** The plain date, `YYYY-MM-DD`, where the token gave one. */
  readonly renewalDate?: string;
  /** Where the warning starts; absent: 30 days before the end. */
  readonly renewalWarnsAt?: number;
}

/** What an event keeps of a failure. */
export interface FailureFacts {
  readonly code: FailureCode;
  /** The server's own words. */
  readonly detail?: string;
}

export function eventFacts(failure: Failure): FailureFacts {
  const detail = serverReason(failure);
  return { code: failure.code, ...(detail === undefined ? {} : { detail }) };
}

/**
 * Something that happened to the license of one server and that a person may ask about later. Nothing in it is secret.
 * Instants are milliseconds since the Unix epoch, trusted time.
 */
export type LicenseEvent =
  | ({
      readonly kind: 'acquired';
      readonly serverId: string;
      /** The license took the place of another one. */
      readonly replaced: boolean;
    } & LicenseInstants)
  | ({ readonly kind: 'refreshed' } & LicenseInstants)
  | ({ readonly kind: 'refresh_failed' } & FailureFacts)
  | ({ readonly kind: 'acquisition_failed' } & FailureFacts)
  | { readonly kind: 'removed'; readonly revoked: boolean; readonly nothingToRevoke?: true }
  /** The authorization stays open at the Authorization server; `removal`: the license was not removed, therefore. */
  | ({
      readonly kind: 'revocation_failed';
      readonly of: 'removal' | 'replaced' | 'unused';
      /** The console tries again by itself when the server answers next. */
      readonly triesAgain?: true;
    } & FailureFacts)
  /** A grant that had stayed open was ended. */
  | { readonly kind: 'grant_ended'; readonly of: 'replaced' | 'unused' }
  /** What the two clocks say has changed; the token's state is absent where there is no license. */
  | {
      readonly kind: 'status_changed';
      readonly status: RenewalStatus['state'] | 'not_licensed';
      readonly token?: TokenStatus['state'];
    }
  | { readonly kind: 'clock_changed'; readonly clock: 'right' | 'wrong' }
  /** The keychain stopped or began to answer; the code is absent where it answers again. */
  | { readonly kind: 'keychain_changed'; readonly code?: FailureCode }
  /** The license details on disk had been changed outside this console; they were taken from the license token again. */
  | { readonly kind: 'record_altered' }
  /** The names of what was changed, never the values. */
  | { readonly kind: 'settings_changed'; readonly settings: readonly string[] };
