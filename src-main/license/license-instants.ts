import type { LicenseInstants } from '../../src-shared/license-event.ts';
import type { LicenseDetails } from '../../src-shared/license-status.ts';
import { evaluateRenewal, evaluateToken } from './evaluate-license.ts';

/** The dates of a license that an event keeps, so that the history can be drawn later. None of them is secret. */
export function licenseInstants(details: LicenseDetails): LicenseInstants {
  const { issuedAt, warnsAt, expiresAt } = evaluateToken(details, details.tokenIssuedAt);
  const renewal = evaluateRenewal(details, details.tokenIssuedAt);
  return {
    tokenIssuedAt: issuedAt,
    tokenExpiresAt: expiresAt,
    tokenWarnsAt: warnsAt,
    ...(renewal.endsAt === undefined ? {} : { renewalEndsAt: renewal.endsAt }),
    ...(renewal.warnsAt === undefined ? {} : { renewalWarnsAt: renewal.warnsAt }),
    ...(details.renewalDate?.date === undefined ? {} : { renewalDate: details.renewalDate.date }),
  };
}
