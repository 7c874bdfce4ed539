import type { LicenseDetails, LicenseEvaluation, RenewalStatus, TokenStatus } from '../../src-shared/license-status.ts';

/** Days before the renewal date at which the warning starts, unless the token says otherwise. */
export const defaultWarningDays = 30;
const dayMs = 86_400_000;

/** The license at an instant of trusted time: two clocks, never mixed, and nothing of the network. */
export function evaluateLicense(details: LicenseDetails, judgedAt: number): LicenseEvaluation {
  return { renewal: evaluateRenewal(details, judgedAt), token: evaluateToken(details, judgedAt), judgedAt };
}

/** License Status from the renewal date; none = never needs renewal. Valid until just before `endsAt`. */
export function evaluateRenewal(details: LicenseDetails, judgedAt: number): RenewalStatus {
  if (!details.renewalDate) return { state: 'licensed' };
  const { endsAt } = details.renewalDate;
  const warnsAt = endsAt - (details.warningDays ?? defaultWarningDays) * dayMs;
  if (judgedAt >= endsAt) return { state: 'expired', warnsAt, endsAt };
  return { state: judgedAt >= warnsAt ? 'requires_renewal' : 'licensed', warnsAt, endsAt };
}

/** Token Expiry: the warning starts when a third of the token's life is left, or when the token says. */
export function evaluateToken(details: LicenseDetails, judgedAt: number): TokenStatus {
  const { tokenIssuedAt: issuedAt, tokenExpiresAt: expiresAt } = details;
  const warningMs =
    details.tokenWarningSeconds === undefined ? (expiresAt - issuedAt) / 3 : details.tokenWarningSeconds * 1000;
  const warnsAt = Math.max(issuedAt, expiresAt - warningMs);
  const state = judgedAt >= expiresAt ? 'expired' : judgedAt > warnsAt ? 'expires_soon' : 'fine';
  return { state, issuedAt, warnsAt, expiresAt };
}
