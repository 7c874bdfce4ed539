import type { LicenseInstants } from '../../src-shared/license/license-event.ts';
import type {
  LicenseDetails,
  LicenseEvaluation,
  RenewalStatus,
  TokenStatus,
} from '../../src-shared/license/license-status.ts';
import { present } from '../../src-shared/present.ts';

/** Days before the renewal date at which the warning starts, unless the token says otherwise. */
export const defaultWarningDays = 30;
/**
 * The warning starts at least this many days before the renewal date, even if the token says otherwise. Otherwise the renewal date of a
 * token that asks for no warning would pass unnoticed, and a renewal takes an order and a signature.
 */
export const leastWarningDays = 7;
const dayMs = 86_400_000;
/**
 * The last part of a token's life, in which the console always warns. A token that asks for no warning, or for a warning of
 * only minutes, would otherwise expire unnoticed. For a token of one week this is eight hours, enough for the store to act.
 */
const leastWarnedPart = 1 / 20;

/**
 * Evaluates the license at an instant of trusted time. The renewal date and the token's expiry are evaluated separately, and the network
 * has no influence on either.
 */
export function evaluateLicense(details: LicenseDetails, judgedAt: number): LicenseEvaluation {
  return { renewal: evaluateRenewal(details, judgedAt), token: evaluateToken(details, judgedAt), judgedAt };
}

/** License Status, from the renewal date. A license without a renewal date never needs renewal. Valid until just before `endsAt`. */
export function evaluateRenewal(details: LicenseDetails, judgedAt: number): RenewalStatus {
  if (!details.renewalDate) {
    const isUnclear = details.unclear?.some(({ claim }) => claim === 'license_renewal_date') ?? false;
    return isUnclear ? { state: 'licensed', dateUnclear: true } : { state: 'licensed' };
  }
  const { endsAt } = details.renewalDate;
  const warningDays = Math.max(leastWarningDays, details.warningDays ?? defaultWarningDays);
  const warnsAt = endsAt - warningDays * dayMs;
  if (judgedAt >= endsAt) return { state: 'expired', warnsAt, endsAt };
  return { state: judgedAt >= warnsAt ? 'requires_renewal' : 'licensed', warnsAt, endsAt };
}

/**
 * Token Expiry. The warning starts when the token says, or when a third of its life is left if the token says nothing. It never
 * starts later than {@link leastWarnedPart} allows. A token that asks for a warning longer than its life warns from the start:
 * too much warning is better than too little.
 */
export function evaluateToken(details: LicenseDetails, judgedAt: number): TokenStatus {
  const { tokenIssuedAt: issuedAt, tokenExpiresAt: expiresAt } = details;
  const lifeMs = expiresAt - issuedAt;
  const { tokenWarningSeconds: askedFor } = details;
  const warningMs = askedFor === undefined ? lifeMs / 3 : Math.max(askedFor * 1000, lifeMs * leastWarnedPart);
  const warnsAt = Math.max(issuedAt, expiresAt - warningMs);
  const state = judgedAt >= expiresAt ? 'expired' : judgedAt > warnsAt ? 'expires_soon' : 'fine';
  return { state, issuedAt, warnsAt, expiresAt };
}

/** The latest point of a token's life at which a refresh is planned: half of the life plus 10 % of it (see refreshDueAt). */
const latestRefreshPart = 0.6;

/** The latest instant for which the refresh of a token is planned that has not failed yet. */
export function latestDueAt({ tokenIssuedAt: from, tokenExpiresAt: to }: LicenseDetails): number {
  return Math.round(from + Math.max(0, to - from) * latestRefreshPart);
}

/** Until when a refresh that failed waits as long as the server asks: until the warning, but not before a refresh is due at all. */
export function pausesUntil(details: LicenseDetails): number {
  return Math.max(latestDueAt(details), evaluateToken(details, details.tokenIssuedAt).warnsAt);
}

/** The dates of a license that an event keeps, so that the history can be drawn later. None of them is secret. */
export function licenseInstants(details: LicenseDetails): LicenseInstants {
  const { issuedAt, warnsAt, expiresAt } = evaluateToken(details, details.tokenIssuedAt);
  const renewal = evaluateRenewal(details, details.tokenIssuedAt);
  return present({
    tokenIssuedAt: issuedAt,
    tokenExpiresAt: expiresAt,
    tokenWarnsAt: warnsAt,
    renewalEndsAt: renewal.endsAt,
    renewalWarnsAt: renewal.warnsAt,
    renewalDate: details.renewalDate?.date,
  });
}
