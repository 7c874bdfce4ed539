import type { LicenseDetails, LicenseEvaluation, RenewalStatus, TokenStatus } from '../../src-shared/license-status.ts';

/** Days before the renewal date at which the warning starts, unless the token says otherwise. */
export const defaultWarningDays = 30;
/**
 * ... and the days before it at which the warning starts at the latest, whatever the token says: one that asks for no warning
 * would otherwise pass its renewal date before anybody was told. A renewal takes an order and somebody who signs it.
 */
export const leastWarningDays = 7;
const dayMs = 86_400_000;
/**
 * The last part of a token's life in which its end is said in any case. A token that asks for no warning, or for minutes of
 * it, would otherwise run out before anybody was told; of a week this leaves eight hours, in which the store's people can act.
 */
const leastWarnedPart = 1 / 20;

/** The license at an instant of trusted time: two clocks, never mixed, and nothing of the network. */
export function evaluateLicense(details: LicenseDetails, judgedAt: number): LicenseEvaluation {
  return { renewal: evaluateRenewal(details, judgedAt), token: evaluateToken(details, judgedAt), judgedAt };
}

/** License Status from the renewal date; none = never needs renewal. Valid until just before `endsAt`. */
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
 * Token Expiry: the warning starts when a third of the token's life is left, or when the token says, but never later than
 * {@link leastWarnedPart}. One that asks for more than its life warns at once: too much is said rather than too little.
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
