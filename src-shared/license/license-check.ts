import type { LicenseField, RenewalDate } from './license-details.ts';
import type { Failure } from '../result.ts';

/** What a check of the license at the Authorization server found. */
export type CheckFinding =
  /** `awaitsRenewal`: the license still has to be renewed. */
  | { readonly kind: 'unchanged'; readonly awaitsRenewal: boolean }
  /** The license is valid for longer. Without a date it no longer needs renewal. */
  | { readonly kind: 'renewed'; readonly date?: RenewalDate }
  /** The renewal date changed, but not to a later one that is still ahead. */
  | { readonly kind: 'date_changed'; readonly date: RenewalDate }
  /** The license token had expired or was about to. The fresh one expires at `expiresAt`. */
  | { readonly kind: 'token_fresh'; readonly expiresAt: number }
  /** Other fields of the license changed. */
  | { readonly kind: 'fields_changed'; readonly fields: readonly LicenseField[] }
  | { readonly kind: 'failed'; readonly failure: Failure };

/** A check that is in progress, or the last one. Its instants are trusted time in ms. */
export type LicenseCheck =
  | { readonly state: 'checking' }
  | { readonly state: 'done'; readonly at: number; readonly finding: CheckFinding };
