import { evaluateLicense } from '../../src-main/license/evaluate-license.ts';

const details = {
  serverId: 'store-014',
  organization: { id: 'fc-xmsqa1' },
  features: ['xms'],
  tokenIssuedAt: Date.parse('2026-03-10T12:00:00Z'),
  tokenExpiresAt: Date.parse('2026-03-17T12:00:00Z'),
};

/** A license as the console shows it, at the moment at which its token was issued. */
export const shownLicense = { details, evaluation: evaluateLicense(details, details.tokenIssuedAt) };
