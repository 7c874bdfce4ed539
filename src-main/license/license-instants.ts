import type { LicenseInstants } from '../../src-shared/license-event.ts';
import type { LicenseDetails } from '../../src-shared/license-status.ts';
import { present } from '../../src-shared/present.ts';
import { evaluateRenewal, evaluateToken } from './evaluate-license.ts';

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
