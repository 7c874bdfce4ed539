import type { LicenseInstants } from '../../src-shared/license-event.ts';
import type { LicenseDetails } from '../../src-shared/license-status.ts';
import { evaluateRenewal, evaluateToken } from './evaluate-license.ts';

/** What an event keeps of a license, so that its history can be drawn later. Nothing in it is secret. */
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
