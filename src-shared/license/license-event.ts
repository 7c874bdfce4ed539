import type { FailureCode } from '../failure-codes.ts';
import type { RenewalStatus, TokenStatus } from './license-status.ts';
import { present } from '../present.ts';
import { type Failure, serverReason } from '../result.ts';

/** The instants at which the states of the license and of its token change, even while this console is off. */
export interface LicenseInstants {
  readonly tokenIssuedAt: number;
  readonly tokenExpiresAt: number;
  /** When the warning starts. If absent, it starts when a third of the token's lifetime is left. */
  readonly tokenWarnsAt?: number;
  /** Absent if the license never needs renewal. */
  readonly renewalEndsAt?: number;
  /** The plain date, `YYYY-MM-DD`, if the token gives one. */
  readonly renewalDate?: string;
  /** When the warning starts. If absent, it starts 30 days before the end. */
  readonly renewalWarnsAt?: number;
}

/** The part of a failure that an event records. */
export interface FailureFacts {
  readonly code: FailureCode;
  /** The server's own words. */
  readonly detail?: string;
}

export function eventFacts(failure: Failure): FailureFacts {
  const detail = serverReason(failure);
  return present({ code: failure.code, detail });
}

/**
 * Something that happened to the license of one server and that a person may want to look up later. Nothing in it is secret.
 * Instants are trusted time, in milliseconds since the Unix epoch.
 */
export type LicenseEvent =
  | ({
      readonly kind: 'acquired';
      readonly serverId: string;
      /** The license replaced another one. */
      readonly replaced: boolean;
    } & LicenseInstants)
  | ({ readonly kind: 'refreshed' } & LicenseInstants)
  | ({ readonly kind: 'refresh_failed' } & FailureFacts)
  | ({ readonly kind: 'acquisition_failed' } & FailureFacts)
  | { readonly kind: 'removed'; readonly revoked: boolean; readonly nothingToRevoke?: true }
  /** The authorization stays open at the Authorization server. `removal`: the license was therefore not removed. */
  | ({
      readonly kind: 'revocation_failed';
      readonly of: 'removal' | 'replaced' | 'unused';
      /** The console retries automatically the next time the server answers. */
      readonly triesAgain?: true;
    } & FailureFacts)
  /** A grant that had been left open was ended. */
  | { readonly kind: 'grant_ended'; readonly of: 'replaced' | 'unused' }
  /** The status of the license or of its token has changed. The token's state is absent if there is no license. */
  | {
      readonly kind: 'status_changed';
      readonly status: RenewalStatus['state'] | 'not_licensed';
      readonly token?: TokenStatus['state'];
    }
  | { readonly kind: 'clock_changed'; readonly clock: 'right' | 'wrong' }
  /** The keychain stopped working, or works again. The code is absent if it works again. */
  | { readonly kind: 'keychain_changed'; readonly code?: FailureCode }
  /** The license details on disk were changed outside this console, so they were restored from the license token. */
  | { readonly kind: 'record_altered' }
  /** The license now names its device differently. */
  | { readonly kind: 'device_renamed'; readonly before: string; readonly now: string }
  /** The server got the name of the device that was authorized. */
  | { readonly kind: 'server_renamed'; readonly before: string; readonly now: string }
  /** The names of the changed settings, never their values. */
  | { readonly kind: 'settings_changed'; readonly settings: readonly string[] };
